"""The people whom an account signs up: list, add, change, remove."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.html import format_html
from django.utils.translation import gettext as _

from accounts.domain.requests import SignedInRequest
from activities.choices import Relation
from activities.forms.participants import PersonForm
from activities.models import Participant
from activities.selectors.mine import people
from activities.services.participants import add_person, change_person, remove_person
from common.http.forms import render_form, submit_action, submit_form
from common.http.next_page import next_of
from common.http.views import posted, private_action, private_form, private_page
from common.words.names import zh


@private_page
def participant_list(request: SignedInRequest) -> HttpResponse:
    """The people of one's account."""
    return render(request, "activities/participant_list.html", {"people": people(request.user)})


@private_form
def participant_create(request: SignedInRequest) -> HttpResponse:
    """Add somebody; back to the page it was asked on, if said, or to the list."""
    has_self = _has_self(request)
    initial = {"relation": Relation.CHILD if has_self else Relation.SELF}
    form = PersonForm(posted(request), has_self=has_self, initial=initial)
    done = submit_form(
        request,
        form,
        lambda _typed: add_person(actor=request.user, person=form.person()),
        success=lambda made: format_html(_("{name} is added."), name=zh(made.name)),
        redirect_to=next_of(request) or "activities:participant_list",
    )
    context = {"next": next_of(request)}
    return done or render_form(request, "activities/participant_form.html", form, context)


@private_form
def participant_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Correct name, relation and date of birth."""
    participant = own_participant(request, pk)
    initial = {name: getattr(participant, name) for name in PersonForm.base_fields}
    has_self = participant.relation != Relation.SELF and _has_self(request)
    form = PersonForm(posted(request), has_self=has_self, initial=initial)
    done = submit_form(
        request,
        form,
        lambda _typed: change_person(actor=request.user, participant=participant, person=form.person()),
        success=_("Saved."),
        redirect_to="activities:participant_list",
    )
    context = {"participant": participant}
    return done or render_form(request, "activities/participant_form.html", form, context)


@private_action
def participant_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    """Remove somebody, with all that says who it was."""
    participant = own_participant(request, pk)
    name = participant.name
    return submit_action(
        request,
        lambda _typed: remove_person(actor=request.user, participant=participant),
        success=format_html(_("{name} is removed."), name=zh(name)),
        redirect_to="activities:participant_list",
    )


def own_participant(request: SignedInRequest, pk: int) -> Participant:
    """One of one's own people; anybody else's don't exist."""
    return get_object_or_404(Participant.objects.of_account(request.user), pk=pk)


def _has_self(request: SignedInRequest) -> bool:
    return Participant.objects.of_account(request.user).filter(relation=Relation.SELF).exists()

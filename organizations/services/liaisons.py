"""Liaisons of organisations: set, removed, and called. Personal data, for those who work at the center or above it."""

from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from accounts.exceptions import InvalidPhone
from accounts.models import User
from accounts.services.privacy import log_phone_view
from accounts.values.phones import normalise_phone
from centers.access import Actor
from organizations import exceptions as refused
from organizations import permissions
from organizations.models import Liaison, Organization


@transaction.atomic
def set_liaison(
    *, actor: Actor, organization: Organization, name: str, phone: str | None = None, user: User | None = None
) -> Liaison:
    """Set the person to talk to at an organisation, in place of who was it before.

    Without a `phone` the number stays as long as the name does: who changes the rest need not see it. Raises
    NotAllowed, LiaisonIncomplete, InvalidPhone.
    """
    if not permissions.can_manage(actor, organization):
        raise refused.NotAllowed
    if not name.strip():
        raise refused.LiaisonIncomplete
    number = normalise_phone(phone) if phone else phone
    if phone and number is None:
        raise InvalidPhone
    values = {"name": name.strip(), "user": user}
    held = Liaison.objects.select_for_update(of=("self",)).filter(organization=organization).first()
    if number is not None or held is None or held.name != values["name"]:
        values["phone"] = number or ""
    made, _is_new = Liaison.objects.update_or_create(organization=organization, defaults=values)
    return made


def remove_liaison(*, actor: Actor, organization: Organization) -> None:
    """Erase the liaison of an organisation; harmless where there is none. Raises NotAllowed."""
    if not permissions.can_manage(actor, organization):
        raise refused.NotAllowed
    Liaison.objects.filter(organization=organization).delete()


@transaction.atomic
def reveal_phone(*, actor: User | AnonymousUser, organization: Organization) -> str:
    """The liaison's number in full, for those who work at the center and have to call; that is written down.

    Raises NotAllowed, NoLiaison.
    """
    if isinstance(actor, AnonymousUser) or not permissions.can_see_liaison(actor, organization):
        raise refused.NotAllowed
    liaison = Liaison.objects.select_related("user").filter(organization=organization).first()
    if liaison is None:
        raise refused.NoLiaison
    log_phone_view(actor=actor, subject=liaison.user, purpose=f"organization {organization.pk}")
    return liaison.phone

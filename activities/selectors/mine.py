"""Contexts of one's own sign-ups: the ticket, what is to come, and the people one signs up."""

import dataclasses
from typing import Any

from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from activities.choices import ActivityState, Relation, SignUpState
from activities.models import Participant, SignUp
from activities.permissions import is_own
from activities.querysets import SignUpQuerySet
from activities.selectors.rows import Tag, place_of
from activities.values.ages import age_on
from centers.access import Viewer
from common import clock
from notifications.selectors.reminders import reminder_due

TAGS: dict[str, tuple[Promise, str]] = {
    SignUpState.IN: (gettext_lazy("Signed up"), "ok"),
    SignUpState.WAITING: (gettext_lazy("On the waitlist"), "warn"),
    SignUpState.OFFERED: (gettext_lazy("Please answer"), "warn"),
}


@dataclasses.dataclass(frozen=True)
class KnownPerson:
    """One of the people of an account, with age and what they are signed up for, in words."""

    participant: Participant
    words: str


def for_tickets(sign_ups: SignUpQuerySet) -> SignUpQuerySet:
    """Sign-ups with all that a ticket or a line of one's own page says."""
    return sign_ups.select_related("participant", "activity__center", "activity__booking__space")


def own_coming(user: Viewer) -> list[SignUp]:
    """One's sign-ups that may still lead to coming, in the order of time. One query."""
    coming = SignUp.objects.own(user).live().coming()
    return list(for_tickets(coming).order_by("activity__starts_at", "id"))


def own_past(user: Viewer) -> SignUpQuerySet:
    """One's sign-ups that are over: held, called off, left, lapsed. The latest first."""
    coming = SignUp.objects.own(user).live().coming().values("pk")
    return for_tickets(SignUp.objects.own(user).exclude(pk__in=coming)).order_by("-activity__starts_at", "-id")


def own_attended(user: Viewer) -> SignUpQuerySet:
    """The sign-ups with which one's people came to an activity. The latest first."""
    came = SignUp.objects.own(user).filter(checked_in_at__isnull=False, activity__ends_at__lte=clock.now())
    return for_tickets(came).order_by("-activity__starts_at", "-id")


def shown_tag(sign_up: SignUp) -> Tag:
    """State of a sign-up as one's own pages say it."""
    if sign_up.activity.state == ActivityState.CANCELLED:
        return Tag(_("Called off"), "bad")
    if sign_up.checked_in_at is not None:
        return Tag(_("Came"), "ok")
    if sign_up.is_live and sign_up.activity.ends_at <= clock.now():
        return Tag(_("Over"))
    label, tone = TAGS.get(sign_up.state, (sign_up.get_state_display(), ""))
    return Tag(str(label), tone)


def ticket_page(user: Viewer, sign_up: SignUp, *, is_new: bool) -> dict[str, Any]:
    """Context of a ticket, for its account and for those who work at the center. Five queries at most."""
    activity = sign_up.activity
    mine, is_coming = is_own(user, sign_up), activity.is_coming
    is_live = sign_up.is_live and is_coming
    is_in = is_live and sign_up.state == SignUpState.IN
    return {
        "sign_up": sign_up,
        "activity": activity,
        "center": activity.center,
        "place": place_of(activity),
        "tag": shown_tag(sign_up),
        "is_own": mine,
        "is_new": is_new and mine,
        "is_in": is_in,
        "is_offered": is_live and sign_up.state == SignUpState.OFFERED,
        "is_waiting": is_live and sign_up.state == SignUpState.WAITING,
        "ahead": position(sign_up) - 1 if is_live and sign_up.state == SignUpState.WAITING else None,
        "waiting_behind": activity.waiting,
        "online_url": activity.online_url if is_in and mine else "",
        "door_opens_at": activity.door_opens_at,
        "party": _party(user, sign_up) if mine else [],
        "can_leave": mine and is_live and not activity.has_begun,
        "reason": activity.cancel_reason,
        "reminded_at": reminder_due(user, activity.starts_at) if is_in and isinstance(user, User) and mine else None,
    }


def position(sign_up: SignUp) -> int:
    """Place in the waitlist, from 1."""
    counted: Any = SignUp.objects.with_position().get(pk=sign_up.pk)
    return int(counted.position)


def people(user: Viewer) -> list[KnownPerson]:
    """The people of an account, oneself first. One query."""
    coming = Q(sign_ups__activity__state=ActivityState.PUBLISHED, sign_ups__activity__ends_at__gt=clock.now())
    known = Participant.objects.of_account(user).annotate(
        joined=Count("sign_ups", filter=coming & Q(sign_ups__state=SignUpState.IN)),
        waiting=Count("sign_ups", filter=coming & Q(sign_ups__state__in=(SignUpState.WAITING, SignUpState.OFFERED))),
    )
    return [
        KnownPerson(one, _words(one, one.joined, one.waiting))
        for one in sorted(known, key=lambda one: (one.relation != Relation.SELF, one.pk))
    ]


def _words(person: Participant, joined: int, waiting: int) -> str:
    words = [str(person.get_relation_display())]
    if person.birth_date:
        age = age_on(person.birth_date, clock.today())
        words.append(ngettext("{n} year old", "{n} years old", age).format(n=age))
    if joined:
        words.append(ngettext("signed up for {n}", "signed up for {n}", joined).format(n=joined))
    if waiting:
        words.append(ngettext("waiting for {n}", "waiting for {n}", waiting).format(n=waiting))
    return _(", ").join(words)


def _party(user: Viewer, sign_up: SignUp) -> list[SignUp]:
    """The other people of the account in the same activity."""
    others = SignUp.objects.own(user).live().filter(activity=sign_up.activity_id).exclude(pk=sign_up.pk)
    return list(others.select_related("participant", "activity"))

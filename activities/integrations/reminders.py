"""Activities as what is coming up for who signed up, one message for all their people, and its words."""

import datetime as dt
from collections.abc import Collection, Iterator

from django.db.models import Max, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from activities.choices import ActivityState, ActivityVerb, SignUpState
from activities.messages import SUBJECT
from activities.models import ActivityEvent, SignUp
from activities.selectors.rows import place_of
from common.words.times import span_words
from notifications.choices import ReminderStep
from notifications.domain import coming, message_kinds
from notifications.domain.coming import Coming
from notifications.domain.message_kinds import MessageKind
from notifications.values.texts import MessageText

SOURCE = "activity"


def coming_sign_ups(first: dt.datetime, last: dt.datetime) -> Iterator[Coming]:
    """Activities that begin in [first, last), for each account with somebody in. One query."""
    # The end is indexed for those that are published; none that begins then has ended before.
    found = SignUp.objects.filter(state=SignUpState.IN, activity__state=ActivityState.PUBLISHED)
    found = found.filter(activity__ends_at__gt=first, activity__starts_at__gte=first, activity__starts_at__lt=last)
    moves = ActivityEvent.objects.filter(activity=OuterRef("activity"), verb=ActivityVerb.MOVE).order_by("-id")
    people = (
        found.filter(participant__account__is_active=True)
        .select_related("activity", "participant__account")
        .annotate(in_since=Max("events__at", filter=Q(events__to_state=SignUpState.IN)))
        .annotate(moved_at=Subquery(moves.values("at")[:1]))
        .order_by("activity__starts_at", "id")
    )
    families: dict[tuple[int | None, int], list[SignUp]] = {}
    for sign_up in people:
        families.setdefault((sign_up.participant.account_id, sign_up.activity_id), []).append(sign_up)
    for family in families.values():
        yield _coming(family)


def _coming(family: list[SignUp]) -> Coming:
    """Activity that is coming for the people of one account, since the first was in, or since it was moved."""
    one = family[0]
    in_since = min(each.in_since or each.created_at for each in family)  # type: ignore[attr-defined]
    moved_at = one.moved_at or in_since  # type: ignore[attr-defined]
    account = one.participant.account
    if account is None:
        raise ValueError(f"{one} is nobody's: such sign-ups aren't found")
    return Coming(account, one.activity.reference, one.code, one.activity.starts_at, max(in_since, moved_at))


def texts_of(kind: str, subject_ids: Collection[str]) -> dict[str, MessageText]:
    """Words of many reminders, by the code of the sign-up. Two queries."""
    asked = SignUp.objects.filter(code__in=list(subject_ids))
    sign_ups = list(asked.select_related("activity__center", "activity__booking__space", "participant"))
    accounts = {sign_up.participant.account_id for sign_up in sign_ups}
    together = SignUp.objects.filter(
        activity__in=[sign_up.activity_id for sign_up in sign_ups],
        participant__account__in=accounts,
        state=SignUpState.IN,
    ).select_related("participant")
    families: dict[tuple[int | None, int], list[SignUp]] = {}
    for one in together.order_by("id"):
        families.setdefault((one.participant.account_id, one.activity_id), []).append(one)
    return {
        sign_up.code: _text(sign_up, families.get((sign_up.participant.account_id, sign_up.activity_id), []))
        for sign_up in sign_ups
    }


def register_all() -> None:
    """Make the sign-ups known to the reminders, and their words to the inbox and the channels."""
    coming.register(SOURCE, coming_sign_ups)
    for step in ReminderStep:
        message_kinds.register(MessageKind(coming.kind_of(SOURCE, step), SUBJECT, texts_of))


def _text(sign_up: SignUp, family: list[SignUp]) -> MessageText:
    activity = sign_up.activity
    place = _(", ").join(filter(None, (activity.center.shown_short_name, place_of(activity))))
    parts = {
        "what": activity.title,
        "when": span_words(activity.starts_at, activity.ends_at),
        "where": place,
        "who": _(", ").join(one.participant.name for one in family),
    }
    may_leave = bool(family) and not activity.has_begun
    return MessageText(
        title=_("Reminder"),
        body=_("%(what)s, %(when)s, %(where)s. Signed up: %(who)s.") % parts,
        url=sign_up.get_absolute_url(),
        act=_("Can't come: cancel the sign-up") if may_leave else "",
        act_url=_leave_url(family) if may_leave else "",
        is_current=activity.is_coming and bool(family),
        stale_after=activity.starts_at,
    )


def _leave_url(family: list[SignUp]) -> str:
    """Page on which one cancels; of several people a ticket, which names them all: each may leave alone."""
    if len(family) > 1:
        return family[0].get_absolute_url()
    return reverse("activities:sign_up_leave", args=[family[0].code])

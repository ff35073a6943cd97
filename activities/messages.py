"""Messages to who signed up: which one follows which verb, and its words at the moment it is read or sent."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from activities.choices import LIVE_SIGN_UPS, ActivityState, ActivityVerb, SignUpState, SignUpVerb
from activities.models import Activity, SignUp
from bookings.models import Booking
from common.intervals import overlaps
from common.words.times import moment_words, span_words
from notifications.domain import message_kinds
from notifications.domain.message_kinds import MessageKind
from notifications.services.posting import post_message, post_messages
from notifications.values.texts import MessageText

SUBJECT = "sign_up"
OFFERED, LAPSED, REMOVED = "activity_offered", "activity_lapsed", "activity_removed"
MOVED, CANCELLED = "activity_moved", "activity_cancelled"
# To those who work at the center, about an activity and not a sign-up.
ACTIVITY_SUBJECT, UNRECORDED = "activity", "activity_unrecorded"
KINDS = (OFFERED, LAPSED, REMOVED, MOVED, CANCELLED)
# What others did to a sign-up; nobody needs a message about what they just did themselves.
TOLD = {SignUpVerb.OFFER: OFFERED, SignUpVerb.LAPSE: LAPSED, SignUpVerb.REMOVE: REMOVED}


def post_sign_up(sign_up: SignUp, verb: SignUpVerb, actor: User | None) -> None:
    """Tell the account what others did to a sign-up of one of its people. One statement; none without an account."""
    account = sign_up.participant.account
    if verb in TOLD and account is not None and (actor is None or actor.pk != account.pk):
        post_message(recipient=account, kind=TOLD[verb], subject_id=sign_up.code)


def post_to_everybody(activity: Activity, kind: str) -> int:
    """Tell each account with somebody in, or waiting, once. Two statements; returns how many were told."""
    live = activity.sign_ups.live().filter(participant__account__isnull=False).select_related("participant__account")
    first = {}
    for sign_up in live.order_by("-id"):
        first[sign_up.participant.account_id] = sign_up
    return post_messages(
        to=[(sign_up.participant.account, sign_up.code) for sign_up in first.values() if sign_up.participant.account],
        kind=kind,
    )


def post_unrecorded(activity: Activity, staff: Collection[User]) -> int:
    """Ask those who work at the center to record an activity. One statement; returns how many were asked."""
    return post_messages(to=[(user, activity.reference) for user in staff], kind=UNRECORDED)


def texts_of(kind: str, subject_ids: Collection[str]) -> dict[str, MessageText]:
    """Words of many messages of one kind, by the code of the sign-up. Two queries; four of a move, for its clashes."""
    sign_ups = (
        SignUp.objects.filter(code__in=list(subject_ids))
        .select_related("activity__center", "activity__booking__space", "participant")
        .prefetch_related("activity__events")
    )
    clashing = _clashes_of_many(sign_ups) if kind == MOVED else {}
    return {sign_up.code: _text(kind, sign_up, clashing.get(sign_up.pk, [])) for sign_up in sign_ups}


def register_all() -> None:
    """Make the kinds known to the inbox and the channels."""
    for kind in KINDS:
        message_kinds.register(MessageKind(kind, SUBJECT, texts_of))
    message_kinds.register(MessageKind(UNRECORDED, ACTIVITY_SUBJECT, unrecorded_texts))


def unrecorded_texts(kind: str, subject_ids: Collection[str]) -> dict[str, MessageText]:
    """Words that ask for records, by the reference of the activity. One query."""
    held = Activity.objects.filter(reference__in=list(subject_ids)).select_related("center")
    return {activity.reference: _unrecorded_text(activity) for activity in held}


def _unrecorded_text(activity: Activity) -> MessageText:
    parts = {
        "what": activity.title,
        "when": span_words(activity.starts_at, activity.ends_at),
        "where": activity.center.shown_short_name,
    }
    return MessageText(
        title=_("Not recorded yet"),
        body=_("%(what)s, %(when)s, %(where)s: say how many people came, and it counts.") % parts,
        url=reverse("activities:record_create", args=[activity.reference]),
        is_current=activity.is_unrecorded,
    )


def _text(kind: str, sign_up: SignUp, clashing: Sequence[str] = ()) -> MessageText:
    activity = sign_up.activity
    title, body = _words(kind, sign_up)
    if clashing:
        body += " " + _("At that time you also have: %(what)s.") % {"what": _(", ").join(clashing)}
    return MessageText(
        title=title,
        body=body,
        url=reverse("activities:sign_up_detail", args=[sign_up.code]),
        is_current=_is_current(kind, sign_up),
        stale_after=activity.starts_at if kind == OFFERED else activity.ends_at,
    )


def _words(kind: str, sign_up: SignUp) -> tuple[str, str]:
    """Title and sentence."""
    activity = sign_up.activity
    parts = {
        "what": activity.title,
        "when": span_words(activity.starts_at, activity.ends_at),
        "before": _time_before(activity),
        "place": activity.place or (activity.booking.space.shown_name if activity.booking else ""),
        "where": activity.center.shown_short_name,
        "until": moment_words(sign_up.offered_until) if sign_up.offered_until else "",
        "who": sign_up.participant.name,
        "reason": activity.cancel_reason,
    }
    titles = {
        OFFERED: _("A place is free"),
        LAPSED: _("The offer is over"),
        REMOVED: _("Taken out by the center"),
        MOVED: _("Activity changed"),
        CANCELLED: _("Activity cancelled"),
    }
    bodies = {
        OFFERED: _(
            "%(what)s, %(when)s: a place is kept for %(who)s until %(until)s. Take it, or leave it to the next."
        ),
        LAPSED: _("%(what)s, %(when)s: nobody answered, and the place went to the next in the line."),
        REMOVED: _("%(what)s, %(when)s: the center took this sign-up out."),
        MOVED: _("%(what)s now takes place %(when)s (before: %(before)s)."),
        CANCELLED: _("%(what)s, %(when)s: %(where)s called it off. %(reason)s"),
    }
    if kind == OFFERED and not parts["until"]:
        bodies[OFFERED] = _("%(what)s, %(when)s: a place was kept for %(who)s.")
    elif kind == MOVED and not parts["before"]:
        place = _("%(what)s, %(when)s: now at another place, %(place)s.")
        bodies[MOVED] = place if parts["place"] else _("%(what)s, %(when)s: the place has changed.")
    elif kind == MOVED and parts["place"]:
        bodies[MOVED] = _("%(what)s now takes place %(when)s, %(place)s (before: %(before)s).")
    return titles[kind], (bodies[kind] % parts).strip()


def _is_current(kind: str, sign_up: SignUp) -> bool:
    return {
        OFFERED: sign_up.state == SignUpState.OFFERED and sign_up.activity.state == ActivityState.PUBLISHED,
        LAPSED: sign_up.state == SignUpState.LAPSED,
        REMOVED: sign_up.state == SignUpState.REMOVED,
        MOVED: sign_up.state in LIVE_SIGN_UPS and sign_up.activity.state == ActivityState.PUBLISHED,
        CANCELLED: sign_up.activity.state == ActivityState.CANCELLED,
    }[kind]


def _time_before(activity: Activity) -> str:
    """Time before the last change of time or place, in words; empty where that was of the place alone."""
    events = [one for one in activity.events.all() if one.verb == ActivityVerb.MOVE or "place" in one.changes]
    changed = events[-1].changes if events else {}
    if not changed.keys() & {"starts_at", "ends_at"}:
        return ""
    start, end = (
        dt.datetime.fromisoformat(changed[name][0]) if name in changed else getattr(activity, name)
        for name in ("starts_at", "ends_at")
    )
    return span_words(start, end)


def _clashes_of_many(sign_ups: Iterable[SignUp]) -> dict[int, list[str]]:
    """By id, in words, what the accounts of these sign-ups (with their activity) have at the same time. Two queries."""
    asked = [one for one in sign_ups if one.participant.account_id is not None]
    if not asked:
        return {}
    accounts = {one.participant.account_id for one in asked}
    first, last = min(one.activity.starts_at for one in asked), max(one.activity.ends_at for one in asked)
    bookings = (
        Booking.objects.filter(booker__in=accounts, is_for_center=False)
        .live()
        .overlapping(first, last)
        .select_related("space")
    )
    joined = SignUp.objects.filter(participant__account__in=accounts).live().coming()
    joined = joined.filter(activity__starts_at__lt=last, activity__ends_at__gt=first)
    others = list(joined.select_related("activity", "participant").order_by("id"))
    return {one.pk: list(_clashes(one, bookings, others)) for one in asked}


def _clashes(one: SignUp, bookings: Iterable[Booking], others: Iterable[SignUp]) -> Iterator[str]:
    activity, account = one.activity, one.participant.account_id
    span = (activity.starts_at, activity.ends_at)
    for booking in bookings:
        is_own = booking.booker_id == account and booking.pk != activity.booking_id
        if is_own and overlaps((booking.starts_at, booking.ends_at), span):
            yield f"{booking.space.shown_name} {span_words(booking.starts_at, booking.ends_at)}"
    for other in others:
        is_own = other.participant.account_id == account and other.activity_id != activity.pk
        if is_own and overlaps((other.activity.starts_at, other.activity.ends_at), span):
            yield f"{other.activity.title} {span_words(other.activity.starts_at, other.activity.ends_at)}"

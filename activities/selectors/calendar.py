"""Activities as events of a calendar: the same event for everybody, with the link to join for those who are in."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from accounts.models import User
from activities.choices import ActivityState, ActivityVerb, Relation, SignUpState
from activities.models import Activity, Participant, SignUp
from activities.selectors.rows import place_of
from bookings.selectors.calendar import Whole, booking_events
from common import clock
from common.calendar_files import CalendarEvent

KEPT = dt.timedelta(days=30)
# These change nothing that a calendar shows.
UNSEEN = (ActivityVerb.CREATE, ActivityVerb.PUBLISH, ActivityVerb.RECORD, ActivityVerb.REVISE)


def activity_event(
    activity: Activity,
    whole: Whole,
    *,
    own: SignUp | None = None,
    own_changes: int = 0,
    people: Sequence[Participant] = (),
) -> CalendarEvent:
    """Event of an activity whose events and center are loaded. `own`: one's sign-up, by which the link is shown.

    `people`: those of the account whom it is for, told apart in the title unless that is its holder alone; for its own
    calendar. `own_changes`: how often one has signed up or left before, so that what came last holds in every calendar.

    Its UID is the activity's, so that what was put into a calendar before signing up is the same event.
    """
    changes = [event for event in activity.events.all() if event.verb not in UNSEEN]
    left = own is not None and not own.is_live
    place = ", ".join(filter(None, (activity.center.shown_name, place_of(activity), activity.center.address)))
    return CalendarEvent(
        uid=f"activity-{activity.reference}@pingh-portal",
        title=_titled(activity, people),
        starts_at=activity.starts_at,
        ends_at=activity.ends_at,
        changed_at=changes[-1].at if changes else activity.created_at,
        # Leaving comes after whatever the activity went through.
        sequence=len(changes) + max(own_changes, left),
        place=place,
        text="\n".join(_texts(activity, own)),
        url=whole((own or activity).get_absolute_url()),
        is_cancelled=left or activity.state == ActivityState.CANCELLED,
    )


def sign_up_events(sign_ups: Iterable[SignUp], whole: Whole) -> list[CalendarEvent]:
    """One event an activity, of sign-ups whose activity (with events and center) is loaded."""
    of_activity: dict[int, list[SignUp]] = defaultdict(list)
    for sign_up in sorted(sign_ups, key=lambda one: (one.is_live, one.state == SignUpState.IN)):
        of_activity[sign_up.activity_id].append(sign_up)
    return [_own_event(together, whole) for together in of_activity.values()]


def ticket_event(sign_up: SignUp, whole: Whole, *, account: User) -> CalendarEvent:
    """Event of a ticket of one's own, as a file to save; to anybody else it is that of the activity. One query."""
    if sign_up.participant.account_id != account.pk:
        return activity_event(sign_up.activity, whole)
    together = SignUp.objects.own(account).live().filter(activity=sign_up.activity_id).select_related("participant")
    return activity_event(sign_up.activity, whole, own=sign_up, people=_people(together) or [sign_up.participant])


def feed_events(account: User, whole: Whole) -> list[CalendarEvent]:
    """Events of what an account has booked and is signed up for, from a month ago on. Six queries at most.

    What was cancelled or left is among them, so that a calendar takes it out.
    """
    since = clock.now() - KEPT
    sign_ups = SignUp.objects.own(account).filter(activity__ends_at__gt=since)
    joined = sign_ups.select_related("participant", "activity__center", "activity__booking__space")
    joined = joined.prefetch_related("activity__events")
    return [*sign_up_events(joined, whole), *booking_events(account, since, whole)]


def _own_event(together: Sequence[SignUp], whole: Whole) -> CalendarEvent:
    """Event of an account's sign-ups for one activity, of which the last holds."""
    changes = sum(1 if one.is_live else 2 for one in together) - 1
    people = _people(one for one in together if one.is_live) or _people(together)
    return activity_event(together[-1].activity, whole, own=together[-1], own_changes=changes, people=people)


def _people(sign_ups: Iterable[SignUp]) -> list[Participant]:
    """The people of sign-ups, each once, in the order they are known."""
    known = {one.participant_id: one.participant for one in sign_ups}
    return [known[pk] for pk in sorted(known)]


def _titled(activity: Activity, people: Sequence[Participant]) -> str:
    """新春送福（孩子·明）: the title with the people it is for; alone for who signed up themselves alone."""
    if all(person.relation == Relation.SELF for person in people):
        return activity.title
    told = _(", ").join(_label(person) for person in people)
    return _("{title} ({people})").format(title=activity.title, people=told)


def _label(person: Participant) -> str:
    """Label of one of a family: the relation, and the last character of the name.

    A calendar is kept by programs of others, and its link may be passed on: no child is named there in full.
    """
    relation = str(person.get_relation_display())
    return relation if person.relation == Relation.SELF else f"{relation}·{person.name[-1:]}"


def _texts(activity: Activity, own: SignUp | None) -> list[str]:
    texts = [activity.summary] if activity.summary else []
    if own is not None and own.state == SignUpState.WAITING:
        texts.append(_("On the waitlist: no place yet."))
    if own is not None and own.state == SignUpState.IN:
        texts.append(_("Code for the door: {code}").format(code=own.code))
        if activity.online_url:
            texts.append(_("Join online: {url}").format(url=activity.online_url))
    return texts

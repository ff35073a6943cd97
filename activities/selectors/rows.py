"""Activities as lists show them: one line each, and where one stands with it in one tag."""

import dataclasses
import datetime as dt
from collections.abc import Collection, Iterable

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.choices import ActivityFormat, ActivityState, Audience, SignUpState
from activities.models import Activity, SignUp
from activities.querysets import ActivityQuerySet
from centers.access import Viewer
from centers.models import Center
from common import clock
from common.words.names import zh
from common.words.times import moment_words

# Which of several sign-ups of one's people a list tells of.
TELLING = (SignUpState.OFFERED, SignUpState.IN, SignUpState.WAITING)


@dataclasses.dataclass(frozen=True)
class Tag:
    """State of an activity for who looks at it, in words. `tone`: ok, warn, bad, info, mine or plain."""

    label: str
    tone: str = ""


@dataclasses.dataclass(frozen=True)
class ActivityRow:
    """An activity in a list. `act`: what its button says; empty where there is nothing to do."""

    activity: Activity
    tag: Tag
    where: str
    with_whom: str
    for_whom: str
    act: str

    @property
    def is_cancelled(self) -> bool:
        return self.activity.state == ActivityState.CANCELLED


def activity_rows(user: Viewer, activities: Iterable[Activity], *, at: Center | None = None) -> list[ActivityRow]:
    """Rows of activities whose center and co-hosts are loaded; at most one query. `at`: the center whose page it is."""
    listed = list(activities)
    mine = own_states(user, [activity.pk for activity in listed])
    return [_row(activity, mine.get(activity.pk, ""), at) for activity in listed]


def for_rows(activities: ActivityQuerySet) -> ActivityQuerySet:
    """Activities with all that a row says of them."""
    return activities.select_related("center", "booking__space", "series", "theme", "campaign").prefetch_related(
        "co_hosts"
    )


def own_states(user: Viewer, activity_ids: Collection[int]) -> dict[int, str]:
    """The most telling state of the sign-ups of one's people, by activity. One query, none for visitors."""
    if not user.is_authenticated or not activity_ids:
        return {}
    live = SignUp.objects.own(user).live().filter(activity__in=activity_ids)
    states: dict[int, set[str]] = {}
    for activity_id, state in live.values_list("activity_id", "state"):
        states.setdefault(activity_id, set()).add(state)
    return {pk: most_telling(held) for pk, held in states.items()}


def has_sign_ups_between(user: Viewer, start: dt.datetime, end: dt.datetime) -> bool:
    """Whether somebody of one's people is signed up for an activity that begins then. One query, none for visitors."""
    if not user.is_authenticated:
        return False
    live = SignUp.objects.own(user).live()
    return live.filter(activity__starts_at__gte=start, activity__starts_at__lt=end).exists()


def most_telling(states: Collection[str]) -> str:
    """The live state that says most of several sign-ups; empty for none."""
    return next((state for state in TELLING if state in states), "")


def tag_of(activity: Activity, own: str = "") -> Tag:
    """Tag of an activity. `own`: the state of one's sign-up, if there is one."""
    now = clock.now()
    if activity.state == ActivityState.CANCELLED:
        return Tag(_("Cancelled"), "bad")
    if activity.ends_at <= now:
        return Tag(_("Over"))
    if own:
        return Tag(_OWN[own]() if own in _OWN else "", "mine")
    if activity.starts_at <= now:
        return Tag(_("Going on"), "info")
    if not activity.takes_sign_ups:
        return Tag(_("No sign-up needed"))
    if activity.sign_up_opens_at is not None and now < activity.sign_up_opens_at:
        return Tag(_("Sign-up from {when}").format(when=moment_words(activity.sign_up_opens_at)))
    if activity.closes_at <= now:
        return Tag(_("Sign-up closed"))
    return _places(activity)


_OWN = {
    SignUpState.IN.value: lambda: _("Signed up"),
    SignUpState.OFFERED.value: lambda: _("A place is waiting for your answer"),
    SignUpState.WAITING.value: lambda: _("On the waitlist"),
}


def _places(activity: Activity) -> Tag:
    if activity.waiting:
        return Tag(ngettext("{n} waiting", "{n} waiting", activity.waiting).format(n=activity.waiting), "warn")
    left = activity.places_left
    if left is None:
        return Tag(_("Places for all"), "ok")
    if left == 0:
        return Tag(_("Full"), "warn")
    return Tag(ngettext("{n} place left", "{n} places left", left).format(n=left), "ok")


def place_of(activity: Activity) -> str:
    """The place at the center: the room that is booked, as staff call it; empty where neither is known."""
    if activity.place:
        return activity.place
    return activity.booking.space.shown_name if activity.booking else ""


def ages_words(activity: Activity) -> str:
    """6–12岁 / ages 6–12; empty where any age may come."""
    low, high = activity.min_age, activity.max_age
    if low is not None and high is not None:
        return _("ages {low}–{high}").format(low=low, high=high)
    if low is not None:
        return _("from age {low}").format(low=low)
    return _("up to age {high}").format(high=high) if high is not None else ""


def for_whom(activity: Activity) -> str:
    """Audience and ages; empty where anybody may come."""
    audience = "" if activity.audience == Audience.EVERYONE else str(activity.get_audience_display())
    return " ".join(filter(None, (audience, ages_words(activity))))


def capacity_words(activity: Activity) -> str:
    """Number of places in all."""
    count = activity.capacity
    return _("No limit") if count is None else ngettext("{n} place in all", "{n} places in all", count).format(n=count)


def _row(activity: Activity, own: str, at: Center | None) -> ActivityRow:
    tag = tag_of(activity, own)
    return ActivityRow(activity, tag, _where(activity), _with_whom(activity, at), for_whom(activity), _act(tag, own))


def _where(activity: Activity) -> str:
    place = place_of(activity)
    if activity.format == ActivityFormat.ONLINE:
        place = _("online")
    center = activity.center.shown_short_name
    return format_html("{} · {}", zh(center), zh(place)) if place else zh(center)


def _with_whom(activity: Activity, at: Center | None) -> str:
    """The other hosts: to whom the page of a co-host belongs, the center that leads."""
    if at is not None and at.pk != activity.center_id:
        return format_html(_("Led by {center}"), center=zh(activity.center.shown_short_name))
    hosts = list(activity.co_hosts.all())
    if not hosts:
        return ""
    names = format_html_join(_(", "), "{}", ((zh(host.shown_short_name),) for host in hosts))
    return format_html(_("with {centers}"), centers=names)


def _act(tag: Tag, own: str) -> str:
    if own and tag.tone == "mine":
        return _("Look")
    if tag.tone == "ok":
        return _("Sign up")
    return _("Wait for a place") if tag.tone == "warn" else ""

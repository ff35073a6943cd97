"""Rules of the monthly report on the records of activities: complete, possible, each once, with evidence."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from activities.choices import COUNTED, ActivityKind, ActivityState
from activities.models import Activity, Photo
from activities.querysets import ActivityQuerySet
from centers.models import Center
from common import clock
from common.words.times import short_date
from stats.choices import Severity
from stats.domain.metrics import Shown
from stats.domain.rules import Case, Outcome, Rule, register

# More people than so many times the room holds can't be right.
MOST_TIMES_CAPACITY = 2
MOST_WITHOUT_EVIDENCE_PERCENT = 20
# So many records are named; the rest is counted.
NAMED = 5


def _ended(case: Case) -> ActivityQuerySet:
    """Activities that the center led and that ended in the month."""
    return Activity.objects.filter(
        center=case.center_id, ends_at__gte=case.month.starts_at, ends_at__lt=case.month.ends_at
    ).order_by("ends_at", "pk")


def _recorded(case: Case) -> ActivityQuerySet:
    return _ended(case).filter(state__in=COUNTED)


def _outcome(bad: Iterable[Activity], note: Callable[[Activity], str] | None = None) -> Outcome:
    found = list(bad)
    shown = tuple(Shown(one.title, one.get_desk_url(), note(one) if note else short_date(one.ends_at)) for one in found)
    params = {"count": len(found), "titles": [one.title for one in found[:NAMED]]}
    return Outcome(bool(found), params, shown)


def incomplete(case: Case) -> Outcome:
    """B1: ended and not recorded, or recorded with nobody there."""
    unrecorded = Q(state=ActivityState.PUBLISHED, ends_at__lte=clock.now())
    empty = Q(state__in=COUNTED, attendance=0) & ~Q(kind=ActivityKind.INSPECTION)
    return _outcome(_ended(case).filter(unrecorded | empty), lambda one: str(one.shown_state))


def below_the_door(case: Case) -> Outcome:
    """B2: fewer people recorded than were checked in."""
    came = Count("sign_ups", filter=Q(sign_ups__checked_in_at__isnull=False))
    return _outcome(_recorded(case).annotate(came=came).filter(attendance__lt=F("came")))


def twice(case: Case) -> Outcome:
    """B4: recorded twice: the same title at the same time."""
    others = Activity.objects.filter(
        center=case.center_id, starts_at=OuterRef("starts_at"), title=OuterRef("title"), state__in=COUNTED
    ).exclude(pk=OuterRef("pk"))
    return _outcome(_recorded(case).filter(Exists(others)))


def out_of_service(case: Case) -> Outcome | None:
    """B5: held before the center opened, or after it closed."""
    opened_on, closed_on = Center.objects.values_list("opened_on", "closed_on").get(pk=case.center_id)
    if opened_on is None and closed_on is None:
        return None
    bad = [
        one
        for one in _recorded(case)
        if (opened_on and one.counted_on < opened_on) or (closed_on and one.counted_on >= closed_on)
    ]
    return _outcome(bad)


def _in_rooms(case: Case) -> ActivityQuerySet:
    return _recorded(case).filter(booking__isnull=False).select_related("booking__space")


def far_too_many(case: Case) -> Outcome | None:
    """B6: more than twice as many people as the room holds."""
    held = _in_rooms(case)
    if not held.exists():
        return None
    return _outcome(held.filter(attendance__gt=F("booking__space__capacity") * MOST_TIMES_CAPACITY), _people)


def too_many(case: Case) -> Outcome | None:
    """W1: more people than the room holds."""
    held = _in_rooms(case)
    if not held.exists():
        return None
    return _outcome(held.filter(attendance__gt=F("booking__space__capacity")), _people)


def _people(activity: Activity) -> str:
    assert activity.booking is not None  # noqa: S101 (asked for by those who call it)
    return _("%(people)s people in a room for %(capacity)s") % {
        "people": activity.attendance,
        "capacity": activity.booking.space.capacity,
    }


def without_evidence(case: Case) -> Outcome | None:
    """W4: too many records have neither a photo nor the reason why there is none."""
    held = _recorded(case).exclude(kind=ActivityKind.INSPECTION)
    total = held.count()
    if not total:
        return None
    photos = Photo.objects.filter(activity=OuterRef("pk"))
    bare = held.filter(~Exists(photos), Q(record__isnull=True) | Q(record__no_photo_reason=""))
    found = _outcome(bare)
    count = len(found.records)
    is_hit = count * 100 > MOST_WITHOUT_EVIDENCE_PERCENT * total
    return Outcome(is_hit, {"count": count, "total": total}, found.records)


def overlapping(case: Case) -> Outcome | None:
    """W7: two at one time in one place."""
    held = _recorded(case).filter(Q(booking__isnull=False) | ~Q(place=""))
    if not held.exists():
        return None
    others = Activity.objects.filter(
        center=case.center_id,
        state__in=COUNTED,
        starts_at__lt=OuterRef("ends_at"),
        ends_at__gt=OuterRef("starts_at"),
    ).exclude(pk=OuterRef("pk"))
    same_room = others.filter(booking__space=OuterRef("booking__space"))
    same_place = others.filter(place=OuterRef("place")).exclude(place="")
    return _outcome(held.filter(Exists(same_room) | Exists(same_place)))


def _rule(
    code: str, name: Promise, passed: Promise, words: Callable[[int], str], check: Callable[[Case], Outcome | None]
) -> Rule:
    def say(params: Mapping[str, Any]) -> str:
        counted = words(params["count"]) % {"n": params["count"]}
        titles = params.get("titles") or []
        if not titles:
            return counted
        return _("%(what)s (%(titles)s)") % {"what": counted, "titles": _(", ").join(titles)}

    severity = Severity.BLOCKS if code.startswith("B") else Severity.EXPLAIN
    return Rule(code=code, severity=severity, name=name, passed=passed, words=say, check=check)


RULES = (
    _rule(
        "B1",
        gettext_lazy("Complete records"),
        gettext_lazy("All that ended is recorded, with its people"),
        lambda n: ngettext(
            "%(n)s activity is over and has no record, or nobody in it",
            "%(n)s activities are over and have no record, or nobody in it",
            n,
        ),
        incomplete,
    ),
    _rule(
        "B2",
        gettext_lazy("Not below the check-ins"),
        gettext_lazy("Nobody who was checked in is left out"),
        lambda n: ngettext(
            "%(n)s record says fewer people than were checked in",
            "%(n)s records say fewer people than were checked in",
            n,
        ),
        below_the_door,
    ),
    _rule(
        "B4",
        gettext_lazy("Each once"),
        gettext_lazy("Nothing is recorded twice"),
        lambda n: ngettext(
            "%(n)s record has a twin: same title, same time", "%(n)s records are twins: same title, same time", n
        ),
        twice,
    ),
    _rule(
        "B5",
        gettext_lazy("While the center was open"),
        gettext_lazy("Nothing before it opened or after it closed"),
        lambda n: ngettext(
            "%(n)s record is of a day before the center opened or after it closed",
            "%(n)s records are of days before the center opened or after it closed",
            n,
        ),
        out_of_service,
    ),
    _rule(
        "B6",
        gettext_lazy("Twice the room"),
        gettext_lazy("No room held twice as many as it can"),
        lambda n: ngettext(
            "%(n)s record has more than twice as many people as its room holds",
            "%(n)s records have more than twice as many people as their room holds",
            n,
        ),
        far_too_many,
    ),
    _rule(
        "W1",
        gettext_lazy("More than the room holds"),
        gettext_lazy("No room held more than it can"),
        lambda n: ngettext(
            "%(n)s record has more people than its room holds",
            "%(n)s records have more people than their room holds",
            n,
        ),
        too_many,
    ),
    _rule(
        "W4",
        gettext_lazy("Evidence"),
        gettext_lazy("There are photos, or the reason why not"),
        lambda n: ngettext(
            "%(n)s record has neither a photo nor the reason why not",
            "%(n)s records have neither a photo nor the reason why not",
            n,
        ),
        without_evidence,
    ),
    _rule(
        "W7",
        gettext_lazy("One at a time"),
        gettext_lazy("No two at one time in one place"),
        lambda n: ngettext(
            "%(n)s record overlaps with another in the same place",
            "%(n)s records overlap in the same place",
            n,
        ),
        overlapping,
    ),
)


def register_all() -> None:
    """Make the rules on activities known to the reports."""
    register(*RULES)

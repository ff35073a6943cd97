"""Metrics of the five kinds that the article counts, with their people, hours and coverage."""

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from activities.choices import COUNTED, ActivityKind
from activities.domain.inspectable import inspectable_of
from activities.models import Activity, InspectionDetail, SignUp, WalkIn
from centers.models import Center
from stats.choices import Unit
from stats.domain.metrics import Area, Distinct, Metric, Share, Shown, Source, Total, register
from stats.values.periods import Period

ARTICLE = _("Article of the city's organisation department, 2020, part two")
OURS = _("Ours")
HELD = _("Activities of this kind that were held and recorded, each once, at the center that led it.")
CAME = _("People who came, as recorded: whoever comes twice counts twice.")


def _show(activity: Activity) -> Shown:
    return Shown(activity.title, activity.get_desk_url())


def _show_sign_up(came: SignUp | WalkIn) -> Shown:
    # Names stay with the center: the list says at which activity somebody was.
    return Shown(came.activity.title, came.activity.get_desk_url())


ACTIVITIES = Source(
    code="activities",
    name=_("Recorded activities"),
    rows=Activity.objects.counted,
    at="ends_at",
    center="center_id",
    show=_show,
    entered="record__recorded_at",
)
CO_HOSTED = Source(
    code="co_hosted",
    name=_("Recorded activities hosted with others"),
    rows=lambda: Activity.co_hosts.through.objects.filter(activity__state__in=COUNTED),
    at="activity__ends_at",
    center="center_id",
    show=lambda row: _show(row.activity),
    related=("activity",),
)
CHECK_INS = Source(
    code="check_ins",
    name=_("Check-ins"),
    rows=lambda: SignUp.objects.filter(checked_in_at__isnull=False, activity__state__in=COUNTED),
    at="activity__ends_at",
    center="activity__center_id",
    show=_show_sign_up,
    related=("activity",),
)

DOOR_COUNTS = Source(
    code="door_counts",
    name=_("Counts at the door"),
    rows=lambda: WalkIn.objects.filter(activity__state__in=COUNTED),
    at="activity__ends_at",
    center="activity__center_id",
    show=_show_sign_up,
    related=("activity",),
)

# Kind, area's name, order, unit of the count, whether people are counted: as the article does.
KINDS: tuple[tuple[ActivityKind, Promise, int, Unit, bool], ...] = (
    (ActivityKind.ACTIVITY, _("Party-mass service activities"), 10, Unit.SESSIONS, True),
    (ActivityKind.TRAINING, _("Trainings"), 20, Unit.SESSIONS, True),
    (ActivityKind.VOLUNTEERING, _("Volunteer services"), 30, Unit.TIMES, True),
    (ActivityKind.RECEPTION, _("Study visits received"), 40, Unit.BATCHES, True),
    (ActivityKind.INSPECTION, _("Guidance inspections"), 50, Unit.CHECKS, False),
)
AREAS = {kind: Area(kind.value, name, order, is_reported=True) for kind, name, order, _unit, _people in KINDS}


def _of_kind(kind: ActivityKind, name: Promise, unit: Unit, people: bool) -> Iterator[Metric]:
    area, where = AREAS[kind], Q(kind=kind)
    yield Total(
        code=f"{kind}.count",
        name=name,
        unit=unit,
        area=area,
        definition=HELD,
        basis=ARTICLE,
        is_open=True,
        source=ACTIVITIES,
        where=where,
    )
    if people:
        yield Total(
            code=f"{kind}.people",
            name=_("People who came"),
            unit=Unit.ATTENDANCES,
            area=area,
            definition=CAME,
            basis=ARTICLE,
            is_open=True,
            source=ACTIVITIES,
            where=where,
            value=F("attendance"),
        )


def _besides_of_activities() -> Iterator[Metric]:
    """Metrics of activities besides their number and their people."""
    yield Distinct(
        code="activity.persons",
        name=_("Different people"),
        unit=Unit.PEOPLE,
        area=AREAS[ActivityKind.ACTIVITY],
        definition=_("People who were checked in, each once however often they came; walk-ins aren't known by name."),
        basis=OURS,
        source=CHECK_INS,
        key=F("participant_id"),
        where=Q(activity__kind=ActivityKind.ACTIVITY),
    )
    yield Total(
        code="activity.checked_in",
        name=_("Checked in by code"),
        unit=Unit.ATTENDANCES,
        area=AREAS[ActivityKind.ACTIVITY],
        definition=_("People who came and were checked in by name or code: the part of them that a record supports."),
        basis=OURS,
        source=CHECK_INS,
        where=Q(activity__kind=ActivityKind.ACTIVITY),
    )
    yield Total(
        code="activity.door_count",
        name=_("Counted at the door"),
        unit=Unit.ATTENDANCES,
        area=AREAS[ActivityKind.ACTIVITY],
        definition=_("People who hadn't signed up and were counted at the door; a count taken back is off."),
        basis=OURS,
        source=DOOR_COUNTS,
        where=Q(activity__kind=ActivityKind.ACTIVITY),
        value=F("count"),
    )
    yield Total(
        code="activity.co_hosted",
        name=_("Hosted with others"),
        unit=Unit.SESSIONS,
        area=AREAS[ActivityKind.ACTIVITY],
        definition=_("Activities that another center led and this one hosted with it; part of no total."),
        basis=OURS,
        in_total=False,
        source=CO_HOSTED,
        where=Q(activity__kind=ActivityKind.ACTIVITY),
    )


def _metrics() -> Iterator[Metric]:
    for kind, name, _order, unit, people in KINDS:
        yield from _of_kind(kind, name, unit, people)
    yield from _besides_of_activities()
    yield Total(
        code="training.hours",
        name=_("Training hours"),
        unit=Unit.HOURS,
        area=AREAS[ActivityKind.TRAINING],
        definition=_("Hours of the trainings that were held, as far as they were given."),
        basis=OURS,
        source=ACTIVITIES,
        where=Q(kind=ActivityKind.TRAINING, training__hours__isnull=False),
        value=F("training__hours"),
    )
    yield Share(
        code="inspection.coverage",
        name=_("Party organisations inspected"),
        unit=Unit.PERCENT,
        area=AREAS[ActivityKind.INSPECTION],
        definition=_(
            "Party organisations active in the period that were inspected in it, of all that were active; each once."
        ),
        basis=ARTICLE,
        is_open=True,
        rows=coverage_of_nodes,
    )


def coverage_of_nodes(period: Period) -> Iterator[tuple[int, int, int]]:
    """Coverage of every center with what stands below it, as (center's id, inspected, active). Three queries."""
    first, end = period.first.first, period.last.after.first
    recorded = InspectionDetail.objects.filter(
        activity__state__in=COUNTED, activity__ends_at__gte=period.starts_at, activity__ends_at__lt=period.ends_at
    )
    inspected = set(recorded.values_list("organization", flat=True))
    active: dict[int, set[int]] = defaultdict(set)
    for one in inspectable_of(list(Center.objects.values_list("pk", flat=True))):
        if one.first < end and one.end > first:
            active[one.center].add(one.organization)
    for node, organizations in active.items():
        yield node, len(organizations & inspected), len(organizations)


def register_all() -> None:
    """Make the metrics known to the statistics."""
    register(*_metrics())

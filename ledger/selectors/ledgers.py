"""Ledgers of activities: one, or those of a center's month, in a number of queries that doesn't grow."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch

from accounts.models import User
from activities.choices import SEATED, ActivityVerb
from activities.domain.rules import is_minor
from activities.models import Activity, ActivityEvent, SignUp, WalkIn
from activities.querysets import ActivityQuerySet
from centers.models import Center
from common.months import Month
from ledger.querysets import kept
from ledger.values.facts import ActivityFacts, Arrival, Correction, GroupCount, PhotoFact
from ledger.values.minors import veiled


def ledger_of(activity: Activity) -> ActivityFacts:
    """Ledger of one activity. Eight queries at most."""
    return facts_of(with_facts(Activity.objects.filter(pk=activity.pk)).get())


def ledgers_of_month(center: Center, month: Month) -> list[ActivityFacts]:
    """Ledgers of the activities of `of_month`, in order. Eight queries."""
    return [facts_of(activity) for activity in with_facts(of_month(center, month))]


def of_month(center: Center, month: Month) -> ActivityQuerySet:
    """Activities that `center` leads and that ended in a month, in order: they count in it. Lazy."""
    led = Activity.objects.filter(center=center, ends_at__gte=month.starts_at, ends_at__lt=month.ends_at)
    return kept(led).order_by("starts_at", "id")


def with_facts(activities: ActivityQuerySet) -> ActivityQuerySet:
    """Activities with all that their ledger tells. Seven queries, however many they are."""
    sign_ups = SignUp.objects.filter(state__in=SEATED).select_related("participant").order_by("checked_in_at", "id")
    counts = WalkIn.objects.select_related("organization", "group_names", "reversed_by").order_by("id")
    told = (ActivityVerb.PUBLISH, ActivityVerb.REVISE)
    events = ActivityEvent.objects.filter(verb__in=told).select_related("actor").order_by("id")
    loaded = activities.select_related("center", "booking__space", "record__recorded_by", "theme", "campaign")
    return loaded.prefetch_related(
        "co_hosts",
        "photos",
        Prefetch("sign_ups", sign_ups, to_attr="seated"),
        Prefetch("walk_ins", counts, to_attr="counts"),
        Prefetch("events", events, to_attr="told_events"),
    )


def facts_of(activity: Any) -> ActivityFacts:
    """Ledger of an activity that `with_facts` has loaded. No query."""
    record = getattr(activity, "record", None)
    standing = [one for one in activity.counts if one.reverses_id is None and not hasattr(one, "reversed_by")]
    return ActivityFacts(
        reference=activity.reference,
        title=activity.title,
        center=activity.center.name,
        co_hosts=tuple(sorted(host.name for host in activity.co_hosts.all())),
        kind=activity.kind,
        line=activity.line,
        format=activity.format,
        audience=activity.audience,
        theme=activity.theme.name if activity.theme else "",
        campaign=activity.campaign.name if activity.campaign else "",
        # As it is on its door, in whatever language the page is.
        place=activity.place or (activity.booking.space.name if activity.booking else ""),
        contact_post=activity.contact_post,
        capacity=activity.capacity,
        ages=(activity.min_age, activity.max_age),
        starts_at=activity.starts_at,
        ends_at=activity.ends_at,
        notice=activity.summary,
        published_at=_published_at(activity),
        signed_up=len(activity.seated),
        arrivals=tuple(_arrivals(activity.seated)),
        groups=tuple(_group(one) for one in standing if one.organization is not None),
        walked_in=sum(one.count for one in standing if one.organization is None),
        attendance=activity.attendance,
        note=record.note if record else "",
        recorded_by=name_of(record.recorded_by) if record else "",
        recorded_at=record.recorded_at if record else None,
        corrections=tuple(_correction(event) for event in activity.told_events if event.verb == ActivityVerb.REVISE),
        photos=tuple(PhotoFact(photo.name, photo.width, photo.height) for photo in activity.photos.all()),
    )


def name_of(user: User | None) -> str:
    """Name of somebody who works at a center; empty for nobody."""
    return (user.name or user.username) if user else ""


def _arrivals(sign_ups: Iterable[SignUp]) -> Iterable[Arrival]:
    for sign_up in sign_ups:
        if sign_up.checked_in_at is not None:
            name = sign_up.participant.name
            yield Arrival(veiled(name) if is_minor(sign_up) else name, sign_up.checked_in_at)


def _published_at(activity: Any) -> dt.datetime | None:
    """Moment at which the page of an activity was first published; None for what has no page or never was."""
    moments = (event.at for event in activity.told_events if event.verb == ActivityVerb.PUBLISH)
    return next(moments, None) if activity.is_listed else None


def _group(walk_in: WalkIn) -> GroupCount:
    names = getattr(walk_in, "group_names", None)
    organization = walk_in.organization.name if walk_in.organization else ""
    return GroupCount(organization, walk_in.count, walk_in.at, tuple(names.names) if names else ())


def _correction(event: ActivityEvent) -> Correction:
    changes = tuple((name, *values) for name, values in sorted(event.changes.items()))
    return Correction(event.at, name_of(event.actor), event.reason, changes)

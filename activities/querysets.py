"""Scopes over activities, participants and sign-ups."""

import datetime as dt
from collections.abc import Collection
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models.functions import Right

from activities.choices import (
    COUNTED,
    ENDED,
    LIVE_SIGN_UPS,
    SHOWN,
    ActivityState,
    Audience,
    RectificationState,
    SignUpState,
    VisitState,
)
from activities.values.ages import ADULT
from bookings.values.lookup import read_lookup
from centers import access
from centers.choices import PUBLIC, WORKING
from common import clock
from common.text import cleaned_text
from common.words.letters import typed_in_letters

if TYPE_CHECKING:
    # The element types of the querysets.
    from activities.models import (  # noqa: F401
        Activity,
        Campaign,
        Participant,
        Photo,
        Rectification,
        SignUp,
        Theme,
        VisitRequest,
    )


class ActivityQuerySet(models.QuerySet["Activity"]):
    def public(self) -> Self:
        """Activities residents see: listed, past the draft, at a center that is open to the public."""
        return self.filter(_public())

    def visible_to(self, user: access.Viewer) -> Self:
        """Public ones to all; all of the centers one works for besides, led or hosted with others."""
        if not user.is_authenticated:
            return self.public()
        mine = access.scope(user, WORKING).values("pk")
        hosted = self.model.co_hosts.through.objects.filter(center__in=mine).values("activity")
        led = models.Q(center__in=mine) | models.Q(pk__in=hosted)
        return self.filter(_public() | (led & ~models.Q(state=ActivityState.WITHDRAWN)))

    def manageable_by(self, user: access.Viewer) -> Self:
        """Activities led by the centers one works for."""
        return self.filter(center__in=access.scope(user, WORKING)) if user.is_authenticated else self.none()

    def standing(self) -> Self:
        """Activities but for those that were withdrawn."""
        return self.exclude(state=ActivityState.WITHDRAWN)

    def published(self) -> Self:
        return self.filter(state=ActivityState.PUBLISHED)

    def coming(self, now: dt.datetime) -> Self:
        """Published activities that aren't over."""
        return self.published().filter(ends_at__gt=now)

    def between(self, start: dt.datetime, end: dt.datetime) -> Self:
        """Activities that begin from `start` on and before `end`."""
        return self.filter(starts_at__gte=start, starts_at__lt=end)

    def for_audience(self, *audiences: str) -> Self:
        """Activities for any of these; those with an age rule that no grown-up meets are for children, whoever else."""
        wanted = models.Q(audience__in=audiences)
        if Audience.CHILDREN in audiences:
            wanted |= models.Q(max_age__lt=ADULT)
        return self.filter(wanted)

    def taking_place_on(self, day: dt.date) -> Self:
        """Activities that meet `day` and are neither drafts nor called off."""
        start = clock.midnight(day)
        met = self.filter(starts_at__lt=start + dt.timedelta(days=1), ends_at__gt=start)
        return met.exclude(state__in=(*ENDED, ActivityState.DRAFT))

    def at_centers(self, center_ids: Collection[int]) -> Self:
        """Activities that one of these centers leads, or hosts with others."""
        hosted = self.model.co_hosts.through.objects.filter(center__in=center_ids, activity=models.OuterRef("pk"))
        return self.filter(models.Q(center__in=center_ids) | models.Exists(hosted))

    def search(self, text: str) -> Self:
        """Activities whose title (in Chinese or in letters), theme or place holds every word of `text`."""
        found = self
        for word in cleaned_text(text).split():
            found = found.filter(
                models.Q(title__icontains=word)
                | typed_in_letters(word)
                | models.Q(theme__name__icontains=word)
                | models.Q(campaign__name__icontains=word)
                | models.Q(place__icontains=word)
                | models.Q(center__name__icontains=word)
            )
        return found

    def unrecorded(self, now: dt.datetime) -> Self:
        """Activities that were held and that nobody has recorded."""
        return self.published().filter(ends_at__lte=now)

    def with_free_places(self, now: dt.datetime) -> Self:
        """Activities for which who signs up now gets a place."""
        return self.filter(free_places(now))

    def counted(self) -> Self:
        """Activities that count in figures, each once, at the center that led it."""
        return self.filter(state__in=COUNTED)


def free_places(now: dt.datetime) -> models.Q:
    """Condition: sign-up is open, a place is free, and nobody waits for one."""
    is_open = models.Q(state=ActivityState.PUBLISHED, takes_sign_ups=True, waiting=0, starts_at__gt=now)
    opened = models.Q(sign_up_opens_at__isnull=True) | models.Q(sign_up_opens_at__lte=now)
    not_closed = models.Q(sign_up_closes_at__isnull=True) | models.Q(sign_up_closes_at__gt=now)
    has_places = models.Q(capacity__isnull=True) | models.Q(seats_taken__lt=models.F("capacity"))
    return is_open & opened & not_closed & has_places


def _public(path: str = "") -> models.Q:
    """Condition of a public activity, at the end of `path`."""
    shown = {"is_listed": True, "state__in": SHOWN, "center__status__in": PUBLIC}
    return models.Q(**{f"{path}{name}": value for name, value in shown.items()})


class ThemeQuerySet(models.QuerySet["Theme"]):
    def choosable(self) -> Self:
        """Themes that an activity can be held under."""
        return self.filter(is_active=True)


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def open_on(self, day: dt.date) -> Self:
        """Campaigns that are going on."""
        begun = models.Q(first__isnull=True) | models.Q(first__lte=day)
        return self.filter(begun, models.Q(last__isnull=True) | models.Q(last__gte=day))


class ParticipantQuerySet(models.QuerySet["Participant"]):
    def of_account(self, user: access.Viewer) -> Self:
        """The people whom the holder of a phone signs up, the holder among them."""
        return self.filter(account=user) if user.is_authenticated else self.none()


class SignUpQuerySet(models.QuerySet["SignUp"]):
    def own(self, user: access.Viewer) -> Self:
        """The sign-ups of the people of one account."""
        return self.filter(participant__account=user) if user.is_authenticated else self.none()

    def manageable_by(self, user: access.Viewer) -> Self:
        """Sign-ups for activities of the centers one works for."""
        return self.filter(activity__center__in=access.scope(user, WORKING)) if user.is_authenticated else self.none()

    def visible_to(self, user: access.Viewer) -> Self:
        """One's own, and those for activities of the centers one works for."""
        if not user.is_authenticated:
            return self.none()
        mine = models.Q(participant__account=user)
        return self.filter(mine | models.Q(activity__center__in=access.scope(user, WORKING)))

    def live(self) -> Self:
        """Sign-ups that may still lead to coming."""
        return self.filter(state__in=LIVE_SIGN_UPS)

    def search(self, text: str) -> Self:
        """Sign-ups by the beginning of their code, or by the person's name or the phone they are reached on.

        Of a phone the whole or the last four digits. Nothing for a blank text.
        """
        wanted = read_lookup(text)
        if not wanted:
            return self.none()
        if wanted.reference:
            return self.filter(code__startswith=wanted.reference)
        own, account = "participant__phone", "participant__account__phone"
        if wanted.phone:
            return self.filter(models.Q(**{own: wanted.phone}) | models.Q(**{own: "", account: wanted.phone}))
        if wanted.last_four:
            ends = self.alias(own_end=Right(own, 4), account_end=Right(account, 4))
            of_account = models.Q(**{own: ""}, account_end=wanted.last_four)
            return ends.filter(models.Q(own_end=wanted.last_four) | of_account)
        found = self
        for word in wanted.words:
            found = found.filter(participant__name__icontains=word)
        return found

    def waiting(self) -> Self:
        """The waitlist, in order."""
        return self.filter(state=SignUpState.WAITING).order_by("id")

    def coming(self, now: dt.datetime | None = None) -> Self:
        """Sign-ups for published activities that aren't over."""
        return self.filter(activity__state=ActivityState.PUBLISHED, activity__ends_at__gt=now or clock.now())

    def soonest_first(self, now: dt.datetime) -> Self:
        """Sign-ups by activity: those to come, soonest first, then past ones, the latest first."""
        soonest = models.Case(models.When(activity__ends_at__gt=now, then=models.F("activity__starts_at")))
        return self.order_by(soonest.asc(nulls_last=True), "-activity__starts_at", "id")

    def with_position(self) -> Self:
        """Annotates `position`: the place in the waitlist, from 1; null for who doesn't wait."""
        ahead = self.model.objects.filter(
            activity=models.OuterRef("activity"), state=SignUpState.WAITING, id__lte=models.OuterRef("id")
        )
        counted = ahead.order_by().values("activity").annotate(count=models.Count("id")).values("count")
        return self.annotate(
            position=models.Case(
                models.When(state=SignUpState.WAITING, then=models.Subquery(counted)),
                output_field=models.IntegerField(),
            )
        )

    def lapsing(self, now: dt.datetime) -> Self:
        """Offers whose time is up; those of an activity that was called off ended with it, and are told so once."""
        offered = self.filter(state=SignUpState.OFFERED, offered_until__lte=now)
        return offered.filter(activity__state=ActivityState.PUBLISHED)


class PhotoQuerySet(models.QuerySet["Photo"]):
    def public(self) -> Self:
        """Photos residents see: with consent, of an activity that they see."""
        return self.filter(_public_photo())

    def visible_to(self, user: access.Viewer) -> Self:
        """Public ones to all; all of the centers one works for besides."""
        if not user.is_authenticated:
            return self.public()
        return self.filter(_public_photo() | models.Q(activity__center__in=access.scope(user, WORKING)))


def _public_photo() -> models.Q:
    return models.Q(is_public=True) & _public("activity__")


class RectificationQuerySet(models.QuerySet["Rectification"]):
    def manageable_by(self, user: access.Viewer) -> Self:
        """Rectifications that centers one works for demand, and those demanded of organisations that stand there."""
        if not user.is_authenticated:
            return self.none()
        mine = access.scope(user, WORKING).values("pk")
        placements = apps.get_model("organizations", "OrganizationCenter").objects.on(clock.today())
        standing = placements.filter(organization=models.OuterRef("inspection__organization"), center__in=mine)
        return self.filter(models.Q(inspection__activity__center__in=mine) | models.Exists(standing))

    def unverified(self) -> Self:
        """Rectifications that aren't over: to put right, or to verify."""
        return self.exclude(state=RectificationState.VERIFIED)

    def overdue(self, today: dt.date) -> Self:
        """Rectifications whose deadline has passed and that aren't put right."""
        return self.filter(state=RectificationState.OPEN, due_on__lt=today).exclude(
            inspection__activity__state__in=ENDED
        )

    def urgent(self, today: dt.date) -> Self:
        """Rectifications that wait for somebody now: overdue, or put right and not verified."""
        overdue = models.Q(state=RectificationState.OPEN, due_on__lt=today)
        waiting = self.filter(overdue | models.Q(state=RectificationState.DONE))
        return waiting.exclude(inspection__activity__state__in=ENDED)


class VisitRequestQuerySet(models.QuerySet["VisitRequest"]):
    def own(self, user: access.Viewer) -> Self:
        """The requests of one account."""
        return self.filter(asker=user) if user.is_authenticated else self.none()

    def manageable_by(self, user: access.Viewer) -> Self:
        """Requests for visits at the centers one works for."""
        return self.filter(center__in=access.scope(user, WORKING)) if user.is_authenticated else self.none()

    def visible_to(self, user: access.Viewer) -> Self:
        """One's own, and those for visits at the centers one works for."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(models.Q(asker=user) | models.Q(center__in=access.scope(user, WORKING)))

    def waiting(self) -> Self:
        """Requests that nobody has answered yet."""
        return self.filter(state=VisitState.REQUESTED)

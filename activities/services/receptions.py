"""Requests for study visits: asked for by an account, withdrawn by it, confirmed or refused by the center.

Who answers and who withdraws lock the request: one of them wins, and the other is told what it is now.
"""

import dataclasses
import datetime as dt
import uuid

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services.privacy import log_phone_view
from activities import exceptions as refused
from activities import permissions
from activities.choices import ActivityKind, VisitState
from activities.domain import kind_messages
from activities.domain.notice import first_visit_day
from activities.models import Activity, VisitRequest
from activities.services.activities import create_activity
from activities.services.chasing import who_works_at
from activities.values.details import ReceptionPlan
from activities.values.plans import ActivityPlan
from activities.values.visits import NOTICE_WORKDAYS
from centers.models import Center
from common import clock
from common.words.times import date_words


@dataclasses.dataclass(frozen=True)
class VisitWish:
    """Wish for a study visit, as who asks says it. Moments are aware."""

    visiting_body: str
    level: str
    people: int
    starts_at: dt.datetime
    ends_at: dt.datetime
    contact_name: str
    note: str = ""


def request_visit(*, actor: User, center: Center, wish: VisitWish, key: uuid.UUID | None = None) -> VisitRequest:
    """Ask for a study visit at a center; those who work there are told. The same `key` returns the same request.

    Raises ActivityEndsBeforeStart, VisitTooSoon.
    """
    if made := _asked_under(actor, key):
        return made
    if wish.ends_at <= wish.starts_at:
        raise refused.ActivityEndsBeforeStart
    first = first_visit_day(center.pk, clock.today())
    if clock.local(wish.starts_at).date() < first:
        raise refused.VisitTooSoon(workdays=NOTICE_WORKDAYS, day=date_words(first))
    try:
        with transaction.atomic():
            visit = VisitRequest.objects.create(
                center=center, asker=actor, key=key, asked_at=clock.now(), **dataclasses.asdict(wish)
            )
            kind_messages.post_to_center(visit, kind_messages.REQUESTED, who_works_at(center.pk))
    except IntegrityError:
        # The same form, sent twice at one moment: the other one was quicker.
        if made := _asked_under(actor, key):
            return made
        raise
    return visit


def withdraw_visit(*, actor: User, visit: VisitRequest) -> VisitRequest:
    """Take a request back that nobody has answered yet. Raises ActivityNotAllowed, VisitDecided."""
    if visit.asker_id != actor.pk:
        raise refused.ActivityNotAllowed
    with transaction.atomic():
        visit = locked_visit(visit)
        _decide(visit, VisitState.WITHDRAWN, actor)
        visit.save(update_fields=["state", "decided_at", "decided_by"])
        kind_messages.post_to_center(visit, kind_messages.WITHDRAWN, who_works_at(visit.center_id))
    return visit


def confirm_visit(
    *, actor: User, visit: VisitRequest, title: str, liaison: str, route: str = "", place: str = ""
) -> Activity:
    """Confirm a request: it becomes a published study visit that residents don't see; who asked is told.

    Raises ActivityNotAllowed, VisitDecided, and PlannedInThePast where its time is past by now.
    """
    _must_answer(actor, visit)
    with transaction.atomic():
        visit = locked_visit(visit)
        _decide(visit, VisitState.CONFIRMED, actor)
        plan = ActivityPlan(
            kind=ActivityKind.RECEPTION,
            title=title,
            starts_at=visit.starts_at,
            ends_at=visit.ends_at,
            summary=visit.note,
            place=place,
            detail=ReceptionPlan(
                visiting_body=visit.visiting_body,
                level=visit.level,
                liaison=liaison,
                route=route,
                asked_on=clock.local(visit.asked_at).date(),
                short_notice_reason=_late_holidays(visit),
            ),
        )
        activity = create_activity(actor=actor, center=visit.center, plan=plan, publish=True)
        visit.activity = activity
        visit.save(update_fields=["state", "decided_at", "decided_by", "activity"])
        kind_messages.post_answer(visit, kind_messages.CONFIRMED)
    return activity


def refuse_visit(*, actor: User, visit: VisitRequest, reason: str) -> VisitRequest:
    """Refuse a request, with the reason that who asked reads.

    Raises ActivityNotAllowed, VisitDecided, VisitReasonMissing.
    """
    _must_answer(actor, visit)
    if not reason.strip():
        raise refused.VisitReasonMissing
    with transaction.atomic():
        visit = locked_visit(visit)
        _decide(visit, VisitState.REFUSED, actor)
        visit.reason = reason.strip()
        visit.save(update_fields=["state", "decided_at", "decided_by", "reason"])
        kind_messages.post_answer(visit, kind_messages.REFUSED)
    return visit


def reveal_asker_phone(*, actor: User, visit: VisitRequest) -> str:
    """The number of who asked, in full; that is written down. Raises ActivityNotAllowed."""
    _must_answer(actor, visit)
    log_phone_view(actor=actor, subject=visit.asker, purpose=f"visit {visit.reference}")
    return visit.asker.phone or ""


def locked_visit(visit: VisitRequest) -> VisitRequest:
    """The request as it is now, locked until the transaction ends."""
    found = VisitRequest.objects.select_for_update(of=["self"]).select_related("center", "asker")
    return found.get(pk=visit.pk)


def _decide(visit: VisitRequest, state: VisitState, actor: User) -> None:
    if not visit.is_open:
        raise refused.VisitDecided(state=visit.get_state_display())
    visit.state, visit.decided_at, visit.decided_by = state, clock.now(), actor


def _late_holidays(visit: VisitRequest) -> str:
    """Reason for a shorter notice than the rule: it was long enough when the visit was asked for."""
    is_long_enough = visit.day >= first_visit_day(visit.center_id, clock.local(visit.asked_at).date())
    return "" if is_long_enough else _("Holidays were published after it was asked for.")


def _must_answer(actor: User, visit: VisitRequest) -> None:
    if not permissions.can_lead(actor, visit.center_id):
        raise refused.ActivityNotAllowed


def _asked_under(actor: User, key: uuid.UUID | None) -> VisitRequest | None:
    return VisitRequest.objects.own(actor).filter(key=key).first() if key else None

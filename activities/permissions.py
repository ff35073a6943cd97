"""Permissions on activities and sign-ups: roles mapped to verbs. Reads only."""

from activities.models import Activity, Rectification, SignUp
from centers.access import Actor, Viewer, roles_at
from centers.choices import MANAGING, WORKING, Role
from centers.models import Center, CenterAncestor, CenterRole
from common import clock


def can_lead(actor: Viewer, center: Center | int) -> bool:
    """Allow those who work for the center: enter, publish, cancel, check in, record."""
    return not roles_at(actor, center).isdisjoint(WORKING)


def can_handle(actor: Viewer, activity: Activity) -> bool:
    """Allow those who work for the center that leads it."""
    return can_lead(actor, activity.center_id)


def can_manage_themes(actor: Actor) -> bool:
    """Allow those who set up the center at the top of the network, whose themes and campaigns hold for all."""
    if actor is None:
        return True
    if not actor.is_authenticated:
        return False
    day = clock.today()
    below = CenterAncestor.objects.on(day).filter(depth__gte=1).values("center")
    held = CenterRole.objects.on(day).filter(user=actor, role__in=MANAGING)
    return held.exclude(center__in=below).exists()


def can_report(actor: Viewer, rectification: Rectification) -> bool:
    """Allow those who work for the center that demanded it, and for the center of the organisation."""
    inspection = rectification.inspection
    return can_handle(actor, inspection.activity) or can_lead(actor, inspection.organization.center)


def can_reopen(actor: Viewer, activity: Activity) -> bool:
    """Allow who administers the center above the one that leads it; at the top of the network, that one itself."""
    edges = CenterAncestor.objects.on(clock.today()).filter(center=activity.center_id, depth=1)
    above = edges.values_list("ancestor", flat=True).first()
    return Role.ADMIN in roles_at(actor, above or activity.center_id)


def can_sign_up(actor: Viewer) -> bool:
    """Anybody who has signed in."""
    return actor.is_authenticated and actor.is_active


def is_own(actor: Viewer, sign_up: SignUp) -> bool:
    """Whether the sign-up is of a person of this account."""
    return actor.is_authenticated and sign_up.participant.account_id == actor.pk


def can_take_out(actor: Viewer, sign_up: SignUp) -> bool:
    """The account that signed up, and those who work for the leading center."""
    return is_own(actor, sign_up) or can_handle(actor, sign_up.activity)

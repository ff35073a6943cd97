"""Statuses, roles and kinds of the network, and the groups of them that rules read."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CenterStatus(models.TextChoices):
    PLANNED = "planned", _("Planned")
    OPERATING = "operating", _("Operating")
    SUSPENDED = "suspended", _("Suspended")
    CLOSED = "closed", _("Closed")


PUBLIC = (CenterStatus.OPERATING, CenterStatus.SUSPENDED)
# Statuses in which a center may be open at all: a suspended one is still shown, and said to be shut.
PUBLIC_OPEN = (CenterStatus.OPERATING,)


class Role(models.TextChoices):
    STAFF = "staff", _("Center staff")
    MANAGER = "manager", _("Center manager")
    ADMIN = "admin", _("Administrator")


# Who may do the daily work of a center, and who may set it up.
WORKING = (Role.STAFF, Role.MANAGER, Role.ADMIN)
MANAGING = (Role.MANAGER, Role.ADMIN)


class AreaKind(models.TextChoices):
    """The eight functional areas of every center (article, part two, first section), and any others it has."""

    RECEPTION = "reception", _("General reception area")
    RED_EDUCATION = "red_education", _("Red education area")
    OATH = "oath", _("Oath area")
    DELIBERATION = "deliberation", _("Deliberation area")
    ACTIVITY = "activity", _("Activity area")
    MASS_SERVICE = "mass_service", _("Mass-organisation service area")
    DELEGATE_STUDIO = "delegate_studio", _("Party delegates' studio")
    SECRETARY_STUDIO = "secretary_studio", _("Secretary's studio")
    CUSTOM = "custom", _("Other area")


STANDARD_AREAS = tuple(kind for kind in AreaKind if kind != AreaKind.CUSTOM)


class DayKind(models.TextChoices):
    """Kinds of day that weekly hours are set for: a weekday, or a special kind of day."""

    MON = "mon", _("Monday")
    TUE = "tue", _("Tuesday")
    WED = "wed", _("Wednesday")
    THU = "thu", _("Thursday")
    FRI = "fri", _("Friday")
    SAT = "sat", _("Saturday")
    SUN = "sun", _("Sunday")
    HOLIDAY = "holiday", _("Public holiday")
    MAKEUP = "makeup", _("Make-up workday")


WEEKDAYS = (DayKind.MON, DayKind.TUE, DayKind.WED, DayKind.THU, DayKind.FRI, DayKind.SAT, DayKind.SUN)


class CalendarMark(models.TextChoices):
    """Kinds of day an override sets; ORDINARY takes back a holiday or make-up workday of the national calendar."""

    HOLIDAY = "holiday", _("Public holiday")
    MAKEUP = "makeup", _("Make-up workday")
    ORDINARY = "ordinary", _("Ordinary day")

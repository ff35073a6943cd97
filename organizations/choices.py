"""Types of organisations and their fields of work, and the groups of types that rules read."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganizationType(models.TextChoices):
    COMMITTEE = "committee", _("Party committee")
    GENERAL_BRANCH = "general_branch", _("General Party branch")
    BRANCH = "branch", _("Party branch")
    MASS = "mass", _("Mass organisation")
    PARTNER = "partner", _("Partner of society")


class FieldOfWork(models.TextChoices):
    RURAL = "rural", _("Rural")
    COMMUNITY = "community", _("Community")
    AGENCY = "agency", _("Government agency")
    SCHOOL = "school", _("School")
    ENTERPRISE = "enterprise", _("Enterprise")
    SOCIAL = "social", _("Social organisation")
    OTHER = "other", _("Other")


# Party organisations, from the highest down: each leads those after it, a committee other committees too. All of them
# lead mass organisations and partners, which lead nobody.
PARTY = (OrganizationType.COMMITTEE, OrganizationType.GENERAL_BRANCH, OrganizationType.BRANCH)

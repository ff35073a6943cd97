"""Choices of a service: its function, whom it is for, by which channel it comes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Function(models.TextChoices):
    """The seven functions of every center (article, part one, first measure), in its order."""

    MEMBER_EDUCATION = "member_education", _("Party member education")
    GUIDANCE = "guidance", _("Guidance in Party building")
    STUDY = "study", _("Study for members and residents")
    MASS_ACTIVITIES = "mass_activities", _("Mass-organisation activities")
    TALKS = "talks", _("Talks")
    OPINIONS = "opinions", _("Collecting opinions")
    GENERAL = "general", _("General services")

    @property
    def icon(self) -> str:
        """Name of its drawing (`common.icons`)."""
        return ICONS[self]


ICONS = {
    Function.MEMBER_EDUCATION: "area-education",
    Function.GUIDANCE: "function-guidance",
    Function.STUDY: "function-study",
    Function.MASS_ACTIVITIES: "area-mass",
    Function.TALKS: "function-talks",
    Function.OPINIONS: "inbox-duo",
    Function.GENERAL: "area-reception",
}


class Audience(models.TextChoices):
    ORGANISATIONS = "organisations", _("Organisations")
    MEMBERS = "members", _("Party members")
    RESIDENTS = "residents", _("Residents")
    SOCIETY = "society", _("Society at large")


class Group(models.TextChoices):
    """Special groups that a service looks after (article, part four, differentiated service)."""

    ELDERS = "elders", _("Elders")
    MIGRANT_CHILDREN = "migrant_children", _("Migrants' children")


class Channel(models.TextChoices):
    ON_SITE = "on_site", _("On site")
    PHONE = "phone", _("By phone")
    ONLINE = "online", _("Online")
    AT_HOME = "at_home", _("At your home")


class Verb(models.TextChoices):
    CREATE = "create", _("Published")
    EDIT = "edit", _("Changed")
    SWITCH_OFF = "switch_off", _("Switched off")
    SWITCH_ON = "switch_on", _("Switched on")
    RETIRE = "retire", _("Withdrawn")

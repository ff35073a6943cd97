"""Refusals about the people of an account."""

from django.utils.translation import gettext_lazy as _

from activities.exceptions.base import ActivityError


class PersonError(ActivityError):
    """Base of what is refused about the people of an account."""

    code = "person_refused"


class PersonKnown(PersonError):
    code = "person_known"
    message = _("%(name)s is among your people already.")
    field = "name"


class HolderKnown(PersonError):
    code = "holder_known"
    message = _("You yourself are %(name)s already. Choose who else it is.")
    field = "relation"


class SamePeople(PersonError):
    code = "same_people"
    message = _("Two of your people have the same name and date of birth. Remove one of them.")
    field = "people"


class PersonSignedUp(PersonError):
    code = "person_signed_up"
    message = _("%(name)s is signed up for an activity. Cancel that first.")


class BirthDateInUse(PersonError):
    """An age rule of a sign-up to come doesn't fit the other date."""

    code = "birth_date_in_use"
    message = _("%(name)s is signed up for what the other date of birth doesn't fit. Cancel that first.")
    field = "birth_date"

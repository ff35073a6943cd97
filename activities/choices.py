"""Kinds and states of activities and sign-ups, and the groups of them that constraints, querysets and pages read."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ActivityKind(models.TextChoices):
    """The five kinds of event that the article counts, each by its own unit."""

    ACTIVITY = "activity", _("Activity")
    TRAINING = "training", _("Training")
    VOLUNTEERING = "volunteering", _("Volunteer service")
    RECEPTION = "reception", _("Study visit")
    INSPECTION = "inspection", _("Guidance inspection")


# Kinds that residents may be offered; visits and inspections are the center's own business.
PUBLIC_KINDS = (ActivityKind.ACTIVITY, ActivityKind.TRAINING, ActivityKind.VOLUNTEERING)
PUBLIC_KIND_CHOICES = [(kind.value, kind.label) for kind in PUBLIC_KINDS]


class ActivityState(models.TextChoices):
    """States as they are stored. Held isn't one: a published activity is held once its end is past."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    RECORDED = "recorded", _("Recorded")
    ARCHIVED = "archived", _("Archived")
    CANCELLED = "cancelled", _("Cancelled")
    WITHDRAWN = "withdrawn", _("Taken back")


# These can still be changed and called off.
CHANGEABLE = (ActivityState.DRAFT, ActivityState.PUBLISHED)
# These count in figures, by the number of people recorded.
COUNTED = (ActivityState.RECORDED, ActivityState.ARCHIVED)
# These are shown to residents; one that was cancelled is shown as such, so that nobody comes to a closed door.
SHOWN = (ActivityState.PUBLISHED, *COUNTED, ActivityState.CANCELLED)


# These don't take place and leave their room free. One that was entered by mistake (imported, and taken back) was never
# one: it stands in no list and no figure, only its history is kept.
ENDED = (ActivityState.CANCELLED, ActivityState.WITHDRAWN)


# Tone of a state's tag.
TONES = {
    ActivityState.DRAFT: "",
    ActivityState.PUBLISHED: "info",
    ActivityState.RECORDED: "ok",
    ActivityState.ARCHIVED: "ok",
    ActivityState.CANCELLED: "bad",
    ActivityState.WITHDRAWN: "",
}


class ActivityVerb(models.TextChoices):
    CREATE = "create", _("Entered")
    PUBLISH = "publish", _("Published")
    EDIT = "edit", _("Edited")
    MOVE = "move", _("Moved")
    CANCEL = "cancel", _("Cancelled")
    RECORD = "record", _("Recorded")
    REVISE = "revise", _("Record corrected")
    ARCHIVE = "archive", _("Archived")
    REOPEN = "reopen", _("Taken out of the archive")
    IMPORT = "import", _("Imported")
    WITHDRAW = "withdraw", _("Taken back")


class WorkLine(models.TextChoices):
    """Line of work (条线) that an activity belongs to, so that lines can see what the others do."""

    ORGANISATION = "organisation", _("Party organisation")
    PUBLICITY = "publicity", _("Publicity")
    UNITED_FRONT = "united_front", _("United front")
    LAW = "law", _("Law and order")
    UNION = "union", _("Trade union")
    YOUTH = "youth", _("Youth league")
    WOMEN = "women", _("Women's federation")
    CIVIL = "civil", _("Civil affairs")
    VETERANS = "veterans", _("Veterans")
    HEALTH = "health", _("Health")
    CULTURE = "culture", _("Culture and sport")
    OTHER = "other", _("Other line of work")


class ActivityFormat(models.TextChoices):
    ON_SITE = "on_site", _("On site")
    ONLINE = "online", _("Online")
    BOTH = "both", _("On site and online")


class MicroFormat(models.TextChoices):
    """The two of the six micro formats (六微) that the article names."""

    LIVE = "live", _("Micro live broadcast")
    LECTURE = "lecture", _("Micro Party lecture")


class Audience(models.TextChoices):
    EVERYONE = "everyone", _("Everyone")
    MEMBERS = "members", _("Party members")
    ORGANISATIONS = "organisations", _("Party organisations")
    ELDERS = "elders", _("Elders")
    CHILDREN = "children", _("Children")
    FAMILIES = "families", _("Families")
    NEW_RESIDENTS = "new_residents", _("New residents")


class SignUpState(models.TextChoices):
    IN = "in", _("Signed up")
    WAITING = "waiting", _("On the waitlist")
    OFFERED = "offered", _("Place offered")
    LEFT = "left", _("Cancelled by participant")
    DECLINED = "declined", _("Offer declined")
    LAPSED = "lapsed", _("Offer lapsed")
    REMOVED = "removed", _("Taken out by the center")


# Exactly these take a place: one that is offered is held until it is answered.
SEATED = (SignUpState.IN, SignUpState.OFFERED)
# These may still lead to coming; a person has one of them at most in an activity.
LIVE_SIGN_UPS = (*SEATED, SignUpState.WAITING)


class SignUpVerb(models.TextChoices):
    SIGN_UP = "sign_up", _("Signed up")
    WAIT = "wait", _("Joined the waitlist")
    OFFER = "offer", _("Place offered")
    ACCEPT = "accept", _("Offer accepted")
    DECLINE = "decline", _("Offer declined")
    LAPSE = "lapse", _("Offer lapsed")
    LEAVE = "leave", _("Cancelled")
    REMOVE = "remove", _("Taken out")
    CHECK_IN = "check_in", _("Checked in")
    UNDO_CHECK_IN = "undo_check_in", _("Check-in undone")
    SEE_PHONE = "see_phone", _("Number shown")


# Done by the portal itself, so that the event has no actor.
AUTOMATIC_VERBS = (SignUpVerb.OFFER, SignUpVerb.LAPSE)


class Relation(models.TextChoices):
    """Relation of a participant to the holder of the phone."""

    SELF = "self", _("Myself")
    CHILD = "child", _("Child")
    ELDER = "elder", _("Elder")
    OTHER = "other", _("Family or friend")


class SeriesRule(models.TextChoices):
    """Rule by which a series goes on from its first day."""

    WEEKLY = "weekly", _("Every week")
    FORTNIGHTLY = "fortnightly", _("Every two weeks")
    MONTHLY_WEEKDAY = "month_week", _("Every month, same weekday")
    MONTHLY_DATE = "month_date", _("Every month, same date")


class SeriesReach(models.TextChoices):
    """Dates of a series that a change is meant for."""

    THIS = "this", _("This one")
    LATER = "later", _("This and all later ones")


class Reach(models.TextChoices):
    """Distance from the chosen center within which activities are looked for, by the tree."""

    HERE = "here", _("This center")
    AROUND = "around", _("Around here")
    EVERYWHERE = "everywhere", _("Whole city")
    ONLINE = "online", _("Online")


class TrainingForm(models.TextChoices):
    """The four forms of training that the article names."""

    SURVEY = "survey", _("Field study")
    DISCUSSION = "discussion", _("Discussion")
    GROUP_STUDY = "group_study", _("Group study")
    SECONDMENT = "secondment", _("Secondment to a village")


class VisitorLevel(models.TextChoices):
    """Level of the body that comes on a study visit, from the nearest up."""

    VILLAGE = "village_level", _("Village or community")
    TOWN = "town_level", _("Town or subdistrict")
    CITY = "city_level", _("City or county")
    PROVINCE = "province_level", _("Province")
    CENTRAL = "central_level", _("Central")
    OTHER = "other", _("Other visitors")


class VisitState(models.TextChoices):
    REQUESTED = "requested", _("Asked for")
    CONFIRMED = "confirmed", _("Confirmed")
    REFUSED = "refused", _("Declined")
    WITHDRAWN = "withdrawn", _("Request withdrawn")


VISIT_TONES = {
    VisitState.REQUESTED: "warn",
    VisitState.CONFIRMED: "ok",
    VisitState.REFUSED: "bad",
    VisitState.WITHDRAWN: "",
}


class RectificationState(models.TextChoices):
    """States as they are stored; overdue is reckoned by the clock."""

    OPEN = "open", _("Not put right yet")
    DONE = "done", _("Put right, to verify")
    VERIFIED = "verified", _("Verified")


class RectificationVerb(models.TextChoices):
    OPEN = "open", _("Demanded")
    DO = "do", _("Put right")
    SEND_BACK = "send_back", _("Sent back")
    VERIFY = "verify", _("Verified")

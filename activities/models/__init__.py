"""Activities, who signed up for them, and what was recorded of them.

An activity is entered once: published, held, and recorded with its number of people. Everything later (figures,
ledger, appraisal) is made of these rows. What identifies a person is in `Participant`, which can be erased.
"""

from activities.models.activities import (
    Activity,
    ActivityEvent,
    ActivityRecord,
    ActivityReminder,
    GroupNames,
    WalkIn,
)
from activities.models.feeds import CalendarFeed
from activities.models.photos import PHOTO_SENT_ONCE, Photo
from activities.models.sign_ups import ONE_LIVE_SIGN_UP, SAME_PARTICIPANT, Participant, SignUp, SignUpEvent

__all__ = [
    "ONE_LIVE_SIGN_UP",
    "PHOTO_SENT_ONCE",
    "SAME_PARTICIPANT",
    "Activity",
    "ActivityEvent",
    "ActivityRecord",
    "ActivityReminder",
    "CalendarFeed",
    "GroupNames",
    "Participant",
    "Photo",
    "SignUp",
    "SignUpEvent",
    "WalkIn",
]

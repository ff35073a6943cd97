"""Activities, who signed up for them, and what was recorded of them.

An activity is entered once: published, held, and recorded with its number of people. Everything later (figures,
ledger, appraisal) is made of these rows. What identifies a person is in `Participant`, which can be erased.
"""

from activities.models.activities import Activity, ActivityEvent, ActivityRecord, ActivityReminder
from activities.models.details import InspectionDetail, ReceptionDetail, TrainingDetail
from activities.models.door import GroupNames, WalkIn
from activities.models.feeds import CalendarFeed
from activities.models.inspections import Rectification, RectificationEvent
from activities.models.photos import PHOTO_SENT_ONCE, Photo
from activities.models.series import Series
from activities.models.sign_ups import ONE_HOLDER, ONE_LIVE_SIGN_UP, SAME_PARTICIPANT, Participant, SignUp, SignUpEvent
from activities.models.themes import CAMPAIGN_ONCE, THEME_ONCE, Campaign, Theme, ThemeDays
from activities.models.visits import VisitRequest

__all__ = [
    "CAMPAIGN_ONCE",
    "ONE_HOLDER",
    "ONE_LIVE_SIGN_UP",
    "PHOTO_SENT_ONCE",
    "SAME_PARTICIPANT",
    "THEME_ONCE",
    "Activity",
    "ActivityEvent",
    "ActivityRecord",
    "ActivityReminder",
    "CalendarFeed",
    "Campaign",
    "GroupNames",
    "InspectionDetail",
    "Participant",
    "Photo",
    "ReceptionDetail",
    "Rectification",
    "RectificationEvent",
    "Series",
    "SignUp",
    "SignUpEvent",
    "Theme",
    "ThemeDays",
    "TrainingDetail",
    "VisitRequest",
    "WalkIn",
]

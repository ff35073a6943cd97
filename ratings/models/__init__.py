"""Ratings (好差评) and what follows of the bad ones.

A rating tells of one visit: of an activity, of the use of a room, or of a service at a center. Who gave it isn't asked.
"""

from ratings.models.follow_ups import ONE_EVENT_A_VERB, CallBackNumber, FollowUp, FollowUpEvent
from ratings.models.ratings import ONE_RATING_A_VISIT, RATING_STAYS, Rating, RatingRequest

__all__ = [
    "ONE_EVENT_A_VERB",
    "ONE_RATING_A_VISIT",
    "RATING_STAYS",
    "CallBackNumber",
    "FollowUp",
    "FollowUpEvent",
    "Rating",
    "RatingRequest",
]

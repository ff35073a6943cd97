"""Bounds of ratings that several layers keep."""

import datetime as dt

LONGEST_COMMENT = 300
LONGEST_NOTE = 200
# Fewer answers than these tell more about persons than about a center, and aren't published.
FEWEST_PUBLISHED = 20
# A center is published by the answers of a year.
PUBLISHED_PERIOD = dt.timedelta(days=365)
# An activity or a use of a room is rated from its beginning on until so long after its end. Ours.
RATED_FOR = dt.timedelta(days=30)
# Working days to verify a bad rating, and to put right what was wrong and call back.
DAYS_TO_VERIFY, DAYS_TO_FINISH = 1, 15
# The end of a working day, by which a step is due. Ours.
DAY_ENDS = dt.time(17, 30)
# A number is kept so long after its follow-up is finished, in case somebody has to call again. Ours.
NUMBER_KEPT = dt.timedelta(days=30)

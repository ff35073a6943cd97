"""Bounds of ledgers and the work log that several layers keep."""

import datetime as dt

# One line of the work log, as it fits a line of the printed sheet twice.
LONGEST_LINE = 200
# A file that was made for somebody is kept so long; it can be made again at any time.
KEPT_FOR = dt.timedelta(days=7)
# Activities in one file: more are no month of one center, but a mistake.
MOST_ACTIVITIES = 500

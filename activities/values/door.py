"""The door: from when on people can be checked in."""

import datetime as dt

OPENS_BEFORE = dt.timedelta(hours=2)

"""Bounds of what may be asked for or set, the same in models, forms, queries and API."""

import datetime as dt

# As many people as any room holds, and as any booking may bring.
LARGEST_HEADCOUNT = 2000
# How far ahead a policy may let people book. A year of it is as far as anything looks, ahead or back.
FARTHEST_DAYS = 366
# No policy may ask for a longer turnaround: what is asked about a time reads so much beyond its end.
LONGEST_TURNAROUND_MINUTES = 240
LONGEST_TURNAROUND = dt.timedelta(minutes=LONGEST_TURNAROUND_MINUTES)

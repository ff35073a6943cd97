"""Notice that a study visit is asked for with."""

# Working days from the day it is asked for to the day of the visit, by the practice of other cities' halls.
NOTICE_WORKDAYS = 5
MOST_VISITORS = 500

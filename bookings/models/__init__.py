"""Spaces, what of them is taken, and the bookings that take it.

`Occupancy` is the one truth of what is taken: a row is there exactly while a booking holds a cell. A booking and its
events hold ids, states, times and reasons; what identifies a person is in `BookingContact`, which can be erased.
"""

from bookings.models.bookings import NO_OVERLAP, Booking, BookingContact, BookingEvent, Occupancy
from bookings.models.spaces import BookingPolicy, Cell, Maintenance, Space

__all__ = [
    "NO_OVERLAP",
    "Booking",
    "BookingContact",
    "BookingEvent",
    "BookingPolicy",
    "Cell",
    "Maintenance",
    "Occupancy",
    "Space",
]

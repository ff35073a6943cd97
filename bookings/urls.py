"""Addresses of rooms, bookings and their decision."""

from django.urls import URLPattern, path

from bookings.views import booking, space

app_name = "bookings"

# Finding a room: public.
finding: list[URLPattern] = [
    path("spaces/<int:pk>/", space.space_detail, name="space_detail"),
]

# One's own bookings.
booking_own: list[URLPattern] = [
    path("spaces/<int:pk>/book/", booking.booking_create, name="booking_create"),
    path("bookings/", booking.booking_list, name="booking_list"),
    path("bookings/<str:reference>/", booking.booking_detail, name="booking_detail"),
    path("bookings/<str:reference>/cancel/", booking.booking_cancel, name="booking_cancel"),
    path("bookings/<str:reference>/release/", booking.booking_release, name="booking_release"),
]

# Deciding others' bookings, for those who work at the center.
deciding: list[URLPattern] = []

# Rooms, policies: for those who manage the center.
managing: list[URLPattern] = []

urlpatterns = [*finding, *booking_own, *deciding, *managing]

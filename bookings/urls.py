"""Addresses of rooms, bookings and their decision."""

from django.urls import URLPattern, path

from bookings.views import booking, decisions, manage, search, space

app_name = "bookings"

# Finding a room: public.
finding: list[URLPattern] = [
    path("search/", search.space_search, name="space_search"),
    path("spaces/<int:pk>/", space.space_detail, name="space_detail"),
]

# One's own bookings.
booking_own: list[URLPattern] = [
    path("spaces/<int:pk>/book/", booking.booking_create, name="booking_create"),
    path("bookings/", booking.booking_list, name="booking_list"),
    path("bookings/<str:reference>/", booking.booking_detail, name="booking_detail"),
    path("bookings/<str:reference>/calendar.ics", booking.booking_calendar, name="booking_calendar"),
    path("bookings/<str:reference>/cancel/", booking.booking_cancel, name="booking_cancel"),
    path("bookings/<str:reference>/release/", booking.booking_release, name="booking_release"),
]

# Deciding others' bookings, for those who work at the center.
deciding: list[URLPattern] = [
    path("work/bookings/", decisions.decision_list, name="decision_list"),
    path("work/bookings/<str:reference>/phone/", decisions.booking_phone, name="booking_phone"),
    path("work/bookings/<str:reference>/approve/", decisions.booking_approve, name="booking_approve"),
    path("work/bookings/<str:reference>/reject/", decisions.booking_reject, name="booking_reject"),
]

# Rooms, policies: for those who manage the center.
managing: list[URLPattern] = [
    path("manage/centers/<str:code>/spaces/", manage.space_list_manage, name="space_list_manage"),
    path("manage/centers/<str:code>/spaces/new/", manage.space_create, name="space_create"),
    path("manage/centers/<str:code>/policy/", manage.policy_edit, name="policy_edit"),
    path("manage/spaces/<int:pk>/", manage.space_edit, name="space_edit"),
    path("manage/spaces/<int:pk>/policy/", manage.space_policy_edit, name="space_policy_edit"),
]

urlpatterns = [*finding, *booking_own, *deciding, *managing]

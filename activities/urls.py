"""Addresses of activities, sign-ups and their desk."""

from django.urls import URLPattern, path

from activities.views import feeds, public, sign_ups
from activities.views import participants as people

app_name = "activities"

# Finding an activity: public.
finding: list[URLPattern] = [
    path("activities/", public.activity_list, name="activity_list"),
    path("activities/<str:reference>/", public.activity_detail, name="activity_detail"),
    path("activities/<str:reference>/calendar.ics", public.activity_calendar, name="activity_calendar"),
]

# Signing up, and one's own sign-ups.
signing_up: list[URLPattern] = [
    path("activities/<str:reference>/join/", sign_ups.sign_up_create, name="sign_up_create"),
    path("sign-ups/", sign_ups.sign_up_list, name="sign_up_list"),
    path("sign-ups/<str:code>/", sign_ups.sign_up_detail, name="sign_up_detail"),
    path("sign-ups/<str:code>/calendar.ics", sign_ups.sign_up_calendar, name="sign_up_calendar"),
    path("sign-ups/<str:code>/accept/", sign_ups.sign_up_accept, name="sign_up_accept"),
    path("sign-ups/<str:code>/decline/", sign_ups.sign_up_decline, name="sign_up_decline"),
    path("sign-ups/<str:code>/cancel/", sign_ups.sign_up_leave, name="sign_up_leave"),
]

# The people whom an account signs up.
participants: list[URLPattern] = [
    path("my/people/", people.participant_list, name="participant_list"),
    path("my/people/new/", people.participant_create, name="participant_create"),
    path("my/people/<int:pk>/", people.participant_edit, name="participant_edit"),
    path("my/people/<int:pk>/remove/", people.participant_remove, name="participant_remove"),
]

# What one is in, as a calendar of one's own.
feed: list[URLPattern] = [
    path("my/calendar/", feeds.feed_detail, name="feed_detail"),
    path("feeds/<str:token>.ics", feeds.feed_file, name="feed_file"),
]

urlpatterns: list[URLPattern] = [*finding, *signing_up, *participants, *feed]

"""Addresses of ratings."""

from django.urls import URLPattern, path

from ratings.views import codes, follow_ups, giving

app_name = "ratings"

# Giving a rating, without an account.
giving_ratings: list[URLPattern] = [
    path("rate/tablet/<str:token>/", giving.tablet_question, name="tablet_question"),
    path("rate/<str:token>/", giving.rating_create, name="rating_create"),
]

# Ratings of the centers one works for.
following_up: list[URLPattern] = [
    path("work/ratings/", follow_ups.rating_list, name="rating_list"),
    path("work/ratings/tablet/", codes.tablet_start, name="tablet_start"),
    path("work/ratings/sheet/", codes.code_center, name="code_center"),
    path("work/ratings/activities/<str:reference>/", codes.code_activity, name="code_activity"),
    path("work/ratings/bookings/<str:reference>/", codes.code_booking, name="code_booking"),
    path("work/ratings/<str:reference>/", follow_ups.rating_detail, name="rating_detail"),
    path("work/ratings/<str:reference>/phone/", follow_ups.rating_phone, name="rating_phone"),
]

urlpatterns: list[URLPattern] = [*giving_ratings, *following_up]

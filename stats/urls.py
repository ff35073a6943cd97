"""Addresses of stats."""

from django.urls import path

from stats.views import overview

app_name = "stats"

urlpatterns = [
    path("statistics/", overview.overview, name="overview"),
    path("statistics/records/<str:metric>/", overview.overview, name="record_list"),
]

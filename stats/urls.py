"""Addresses of stats."""

from django.urls import URLPattern, path

from stats.views import open_data, records

app_name = "stats"

# What a figure is made of, for those who work at its center or above it.
explained: list[URLPattern] = [
    path("statistics/records/<str:metric>/", records.record_list, name="record_list"),
    path("statistics/explain/<str:metric>/", records.explain_detail, name="explain_detail"),
]

# For everybody.
public: list[URLPattern] = [
    path("statistics/metrics/", open_data.metric_list, name="metric_list"),
    path("statistics/open/", open_data.open_detail, name="open_detail"),
    path("statistics/open.csv", open_data.open_csv, name="open_csv"),
    path("statistics/open.json", open_data.open_json, name="open_json"),
]

urlpatterns: list[URLPattern] = [*explained, *public]

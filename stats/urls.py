"""Addresses of stats."""

from django.urls import URLPattern, path

from stats.views import open_data, overview, records

app_name = "stats"

# Figures of a center and all below it, for those who work there or above.
figures: list[URLPattern] = [
    path("statistics/", overview.overview, name="overview"),
    path("statistics/figures.xlsx", overview.sheet, {"kind": "xlsx"}, name="sheet_xlsx"),
    path("statistics/figures.csv", overview.sheet, {"kind": "csv"}, name="sheet_csv"),
]

# What a figure is made of, for the same.
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

urlpatterns: list[URLPattern] = [*figures, *explained, *public]

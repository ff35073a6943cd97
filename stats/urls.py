"""Addresses of stats."""

from django.urls import path

from stats.views import overview

app_name = "stats"

urlpatterns = [
    path("statistics/", overview.overview, name="overview"),
    path("statistics/figures.xlsx", overview.sheet, {"kind": "xlsx"}, name="sheet_xlsx"),
    path("statistics/figures.csv", overview.sheet, {"kind": "csv"}, name="sheet_csv"),
    path("statistics/records/<str:metric>/", overview.overview, name="record_list"),
]

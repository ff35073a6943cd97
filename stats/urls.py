"""Addresses of stats."""

from django.urls import URLPattern, path

from stats.views import open_data, overview, records, reports, review

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

# Reports of a month: `<code>` is the center's, `<month>` as 2026-10.
reporting: list[URLPattern] = [
    path("statistics/reports/", reports.report_list, name="report_list"),
    path("statistics/reports/<str:code>/<str:month>/", reports.report_detail, name="report_detail"),
    path("statistics/reports/<str:code>/<str:month>/withdraw/", reports.report_withdraw, name="report_withdraw"),
    path("statistics/reports/<str:code>/<str:month>/review/", review.report_review, name="report_review"),
    path("statistics/reports/<str:code>/<str:month>/reopen/", reports.report_reopen, name="report_reopen"),
    path("statistics/reports/<str:code>/<str:month>/close/", reports.report_close, name="report_close"),
    path("statistics/late-changes/<int:pk>/", reports.late_change_decide, name="late_change_decide"),
    path("statistics/review/<str:month>/", review.review_list, name="review_list"),
    path("statistics/review/<str:month>/approve/", review.review_approve_all, name="review_approve_all"),
    path("statistics/review/<str:month>/lock/", review.review_lock_all, name="review_lock_all"),
]

# For everybody.
public: list[URLPattern] = [
    path("statistics/metrics/", open_data.metric_list, name="metric_list"),
    path("statistics/open/", open_data.open_detail, name="open_detail"),
    path("statistics/open.csv", open_data.open_csv, name="open_csv"),
    path("statistics/open.json", open_data.open_json, name="open_json"),
]

urlpatterns: list[URLPattern] = [*figures, *explained, *reporting, *public]

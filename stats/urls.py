"""Addresses of stats."""

from django.urls import URLPattern, path

from stats.views import reports, review

app_name = "stats"

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

urlpatterns: list[URLPattern] = [*reporting]

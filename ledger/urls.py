"""Addresses of ledgers, their files, and the work log."""

from django.urls import URLPattern, path

from ledger.views import exports, ledgers, work_log

app_name = "ledger"

# Files of a month, made by a worker.
files: list[URLPattern] = [
    path("work/ledger/centers/<str:code>/month/", exports.export_create, name="export_create"),
    path("work/ledger/files/<uuid:key>/", exports.export_detail, name="export_detail"),
    path("work/ledger/files/<uuid:key>/stop/", exports.export_stop, name="export_stop"),
    path("work/ledger/files/<uuid:key>/file/", exports.export_file, name="export_file"),
]

of_activities: list[URLPattern] = [
    path("work/ledger/", ledgers.ledger_list, name="ledger_list"),
    path("work/ledger/<str:reference>/", ledgers.ledger_detail, name="ledger_detail"),
    path("work/ledger/<str:reference>/file/", ledgers.ledger_file, name="ledger_file"),
]

by_day: list[URLPattern] = [
    path("work/log/", work_log.work_log, name="work_log"),
    path("work/log/<str:code>/file/", work_log.work_log_file, name="work_log_file"),
    path("work/log/<str:code>/<str:day>/", work_log.log_line, name="log_line"),
]

urlpatterns: list[URLPattern] = [*files, *of_activities, *by_day]

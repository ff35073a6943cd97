"""Addresses of imports."""

from django.urls import URLPattern, path

from imports.views import imports

app_name = "imports"

urlpatterns: list[URLPattern] = [
    path("work/imports/", imports.import_list, name="import_list"),
    path("work/imports/new/", imports.import_create, name="import_create"),
    path("work/imports/<str:reference>/", imports.import_detail, name="import_detail"),
    path("work/imports/<str:reference>/columns/", imports.import_columns, name="import_columns"),
    path("work/imports/<str:reference>/sheet/", imports.import_sheet, name="import_sheet"),
    path("work/imports/<str:reference>/rows/<int:number>/", imports.import_answer, name="import_answer"),
    path("work/imports/<str:reference>/start/", imports.import_start, name="import_start"),
    path("work/imports/<str:reference>/stop/", imports.import_stop, name="import_stop"),
    path("work/imports/<str:reference>/undo/", imports.import_undo, name="import_undo"),
    path("work/imports/<str:reference>/refused.xlsx", imports.import_refused, name="import_refused"),
]

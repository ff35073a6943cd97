"""Addresses of organisations."""

from django.urls import URLPattern, path

from organizations.views import imports, liaisons, manage, public

app_name = "organizations"

# For everybody.
looking: list[URLPattern] = [
    path("organizations/", public.organization_list, name="organization_list"),
    path("organizations/<int:pk>/", public.organization_detail, name="organization_detail"),
]

# For those who work at the center.
calling: list[URLPattern] = [
    path("work/organizations/<int:pk>/phone/", liaisons.liaison_phone, name="liaison_phone"),
]

# For those who manage the center.
managing: list[URLPattern] = [
    path("manage/centers/<str:code>/organizations/", manage.organization_list_manage, name="organization_list_manage"),
    path("manage/centers/<str:code>/organizations/new/", manage.organization_create, name="organization_create"),
    path("manage/centers/<str:code>/organizations/import/", imports.organization_import, name="organization_import"),
    path(
        "manage/centers/<str:code>/organizations/import/write/",
        imports.organization_import_apply,
        name="organization_import_apply",
    ),
    path(
        "manage/centers/<str:code>/organizations/import/template/",
        imports.import_template,
        name="organization_import_template",
    ),
    path("manage/organizations/<int:pk>/", manage.organization_edit, name="organization_edit"),
    path("manage/organizations/<int:pk>/move/", manage.organization_move, name="organization_move"),
    path("manage/organizations/<int:pk>/dissolve/", manage.organization_dissolve, name="organization_dissolve"),
    path("manage/organizations/<int:pk>/restore/", manage.organization_restore, name="organization_restore"),
    path("manage/organizations/<int:pk>/liaison/", liaisons.liaison_edit, name="liaison_edit"),
]

urlpatterns = [*looking, *calling, *managing]

"""Addresses of services."""

from django.urls import URLPattern, path

from catalog.views import manage, services

app_name = "catalog"

# What can be done where: public.
finding: list[URLPattern] = [
    path("services/", services.service_list, name="service_list"),
    path("services/<int:pk>/", services.service_detail, name="service_detail"),
]

# For those who set up the center.
managing: list[URLPattern] = [
    path("manage/centers/<str:code>/services/", manage.service_list_manage, name="service_list_manage"),
    path("manage/centers/<str:code>/services/new/", manage.service_create, name="service_create"),
    path("manage/centers/<str:code>/services/<int:pk>/", manage.service_adapt, name="service_adapt"),
    path("manage/centers/<str:code>/services/<int:pk>/switch/", manage.service_switch, name="service_switch"),
    path("manage/services/<int:pk>/", manage.service_edit, name="service_edit"),
    path("manage/services/<int:pk>/withdraw/", manage.service_retire, name="service_retire"),
]

urlpatterns = [*finding, *managing]

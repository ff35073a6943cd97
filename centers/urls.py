"""Addresses of the network: the public list, and what managers set up."""

from django.urls import path

from centers.views import hours, network, passwords, roles, special_days

app_name = "centers"

urlpatterns = [
    path("centers/", network.center_list, name="center_list"),
    path("manage/centers/<str:code>/hours/", hours.hours_edit, name="hours_edit"),
    path("manage/centers/<str:code>/special-days/", special_days.special_day_list, name="special_day_list"),
    path("manage/centers/<str:code>/special-days/remove/", special_days.special_day_remove, name="special_day_remove"),
    path("manage/centers/<str:code>/roles/", roles.role_list, name="role_list"),
    path("manage/centers/<str:code>/roles/<int:pk>/end/", roles.role_end, name="role_end"),
    path("manage/centers/<str:code>/roles/<int:pk>/password/", passwords.staff_password, name="staff_password"),
    path("manage/centers/<str:code>/staff/new/", roles.staff_create, name="staff_create"),
]

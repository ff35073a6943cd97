"""Addresses of activities, sign-ups and their desk."""

from django.urls import URLPattern

app_name = "activities"

urlpatterns: list[URLPattern] = []

"""Addresses of activities, sign-ups and their desk."""

from django.urls import URLPattern, path

from activities.views import photos as photo_views

app_name = "activities"

# Files of photos: shown with consent, or to those who work for the center.
photos: list[URLPattern] = [path("photos/<str:name>/", photo_views.photo_file, name="photo_file")]

urlpatterns = [*photos]

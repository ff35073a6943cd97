"""Addresses of a person's preferences and of signing out. Signing in is in `accounts.urls.allauth`."""

from django.urls import path

from accounts.views import preferences, sign_in

app_name = "accounts"

urlpatterns = [
    path("preferences/elder/", preferences.elder_mode, name="elder_mode"),
    path("accounts/password/", preferences.password, name="password"),
    path("accounts/signed-out/", sign_in.signed_out, name="signed_out"),
]

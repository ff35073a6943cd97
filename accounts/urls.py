"""What a person sets for themselves, and the end of a visit. Signing in is in allauth_urls.py."""

from django.urls import path

from accounts import views

app_name = "accounts"

urlpatterns = [
    path("preferences/elder/", views.elder_mode, name="elder_mode"),
    path("accounts/password/", views.password, name="password"),
    path("accounts/signed-out/", views.signed_out, name="signed_out"),
]

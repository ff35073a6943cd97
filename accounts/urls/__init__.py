"""What a person sets for themselves, and the end of a visit. Signing in is in allauth_urls.py."""

from django.urls import path

from accounts.views import sign_in

app_name = "accounts"

urlpatterns = [
    path("preferences/elder/", sign_in.elder_mode, name="elder_mode"),
    path("accounts/password/", sign_in.password, name="password"),
    path("accounts/signed-out/", sign_in.signed_out, name="signed_out"),
]

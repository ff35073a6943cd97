"""/accounts/: those pages of allauth that the portal uses, under the names that allauth expects. The others don't exist here."""

from allauth.account.views import account_inactive, logout
from django.urls import path

from accounts import views

urlpatterns = [
    path("login/code/", views.ResidentSignIn.as_view(), name="account_request_login_code"),
    path("login/code/confirm/", views.CodeEntry.as_view(), name="account_confirm_login_code"),
    path("login/", views.StaffSignIn.as_view(), name="account_login"),
    path("logout/", logout, name="account_logout"),
    path("inactive/", account_inactive, name="account_inactive"),
]

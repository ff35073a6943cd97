"""/accounts/: those pages of allauth that the portal uses, under the names that allauth expects.

The others don't exist here.
"""

from allauth.account.views import account_inactive, logout
from django.urls import path

from accounts.views import sign_in

urlpatterns = [
    path("login/code/", sign_in.ResidentSignIn.as_view(), name="account_request_login_code"),
    path("login/code/confirm/", sign_in.CodeEntry.as_view(), name="account_confirm_login_code"),
    path("login/", sign_in.StaffSignIn.as_view(), name="account_login"),
    path("logout/", logout, name="account_logout"),
    path("inactive/", account_inactive, name="account_inactive"),
]

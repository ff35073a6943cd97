"""Request types of views that need a signed-in user."""

from django.http import HttpRequest

from accounts.models import User


class SignedInRequest(HttpRequest):
    """Request of a person who has signed in: a type for `private_page`, `private_form` and `private_action`."""

    user: User

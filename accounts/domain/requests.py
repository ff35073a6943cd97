"""Types of requests: what a view gets that only those reach who have signed in."""

from django.http import HttpRequest

from accounts.models import User


class SignedInRequest(HttpRequest):
    """Request of a person who has signed in: a type for `private_page`, `private_form` and `private_action`."""

    user: User

"""Routes of this app in the API."""

from rest_framework.routers import BaseRouter

from activities.api.activities import ActivityViewSet
from activities.api.participants import ParticipantViewSet
from activities.api.sign_ups import SignUpViewSet


def register(router: BaseRouter) -> None:
    router.register("activities", ActivityViewSet, basename="activity")
    router.register("sign-ups", SignUpViewSet, basename="sign_up")
    router.register("participants", ParticipantViewSet, basename="participant")

"""Routes of this app in the API."""

from rest_framework.routers import BaseRouter

from ratings.api.viewsets import SatisfactionViewSet


def register(router: BaseRouter) -> None:
    router.register("satisfaction", SatisfactionViewSet, basename="satisfaction")

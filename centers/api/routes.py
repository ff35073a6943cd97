"""Routes of this app in the API."""

from rest_framework.routers import BaseRouter

from centers.api.viewsets import CenterViewSet


def register(router: BaseRouter) -> None:
    router.register("centers", CenterViewSet, basename="center")

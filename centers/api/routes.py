"""What this app adds to the API's router."""

from rest_framework.routers import BaseRouter

from centers.api.viewsets import CenterViewSet


def register(router: BaseRouter) -> None:
    router.register("centers", CenterViewSet, basename="center")

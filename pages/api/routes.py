"""Routes of this app in the API."""

from rest_framework.routers import BaseRouter

from pages.api.find import FindViewSet


def register(router: BaseRouter) -> None:
    router.register("find", FindViewSet, basename="find")

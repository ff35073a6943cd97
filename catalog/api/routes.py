"""Routes of this app in the API."""

from rest_framework.routers import BaseRouter

from catalog.api.viewsets import ServiceViewSet


def register(router: BaseRouter) -> None:
    router.register("services", ServiceViewSet, basename="service")

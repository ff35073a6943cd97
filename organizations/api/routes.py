"""Routes of this app in the API."""

from rest_framework.routers import BaseRouter

from organizations.api.viewsets import OrganizationViewSet


def register(router: BaseRouter) -> None:
    router.register("organizations", OrganizationViewSet, basename="organization")

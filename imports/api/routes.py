"""Routes that imports adds to the API's router; the API finds this module by its place."""

from rest_framework.routers import BaseRouter


def register(router: BaseRouter) -> None:
    """Add the view sets: `router.register("things", ThingViewSet, basename="thing")`."""

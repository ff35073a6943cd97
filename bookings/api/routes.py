"""What this app adds to the API's router."""

from rest_framework.routers import BaseRouter

from bookings.api.viewsets import BookingViewSet, SpaceViewSet


def register(router: BaseRouter) -> None:
    router.register("spaces", SpaceViewSet, basename="space")
    router.register("bookings", BookingViewSet, basename="booking")

"""Routes of this app in the API."""

from rest_framework.routers import BaseRouter

from bookings.api.bookings import BookingViewSet
from bookings.api.search import AvailabilityViewSet
from bookings.api.spaces import SpaceViewSet


def register(router: BaseRouter) -> None:
    router.register("spaces", SpaceViewSet, basename="space")
    router.register("availability", AvailabilityViewSet, basename="availability")
    router.register("bookings", BookingViewSet, basename="booking")

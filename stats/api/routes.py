"""Routes of this app in the API."""

from rest_framework.routers import BaseRouter

from stats.api.figures import FigureViewSet
from stats.api.metrics import MetricViewSet


def register(router: BaseRouter) -> None:
    router.register("figures", FigureViewSet, basename="figure")
    router.register("metrics", MetricViewSet, basename="metric")

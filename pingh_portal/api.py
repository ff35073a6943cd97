"""The API's addresses: each app registers its own."""

from django.urls import URLPattern, URLResolver, include, path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import SimpleRouter

from bookings.api import routes as bookings
from centers.api import routes as centers

router = SimpleRouter()
centers.register(router)
bookings.register(router)

urlpatterns: list[URLPattern | URLResolver] = [
    path("v1/schema/", SpectacularAPIView.as_view(), name="api_schema"),
    path("v1/", include((router.urls, "api_v1"))),
]

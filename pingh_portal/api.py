"""The API's addresses: each app registers its own."""

from typing import Any, NoReturn

from django.urls import URLPattern, URLResolver, include, path
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.routers import SimpleRouter
from rest_framework.views import APIView

from bookings.api import routes as booking_routes
from centers.api import routes as center_routes

router = SimpleRouter()
center_routes.register(router)
booking_routes.register(router)


@extend_schema(exclude=True)
class Unknown(APIView):
    """Fallback view under the API's prefix: not found, by any method, in the API's own shape and not as a page."""

    permission_classes = (AllowAny,)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> NoReturn:
        super().initial(request, *args, **kwargs)
        raise NotFound


urlpatterns: list[URLPattern | URLResolver] = [
    path("v1/schema/", SpectacularAPIView.as_view(), name="api_schema"),
    path("v1/", include((router.urls, "api_v1"))),
    path("<path:rest>", Unknown.as_view(), name="api_unknown"),
]

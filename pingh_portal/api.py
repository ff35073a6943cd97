"""The API's addresses: each app registers its own in `<app>/api/routes.py`, where they are found by their place."""

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any, NoReturn

from django.apps import AppConfig, apps
from django.core.exceptions import ImproperlyConfigured
from django.urls import URLPattern, URLResolver, include, path
from django.utils.module_loading import module_has_submodule
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.routers import BaseRouter, SimpleRouter
from rest_framework.views import APIView

ROUTES = "api.routes"


def registrars(configs: Iterable[AppConfig]) -> list[Callable[[BaseRouter], None]]:
    """`register` of each app's `api.routes`, in the order given; apps without the module have no part in the API.

    A module that can't be imported raises its own error, one without `register` ImproperlyConfigured.
    """
    found = []
    for config in configs:
        package = config.module
        for name in ROUTES.split("."):
            if package is None or not module_has_submodule(package, name):
                break
            package = import_module(f"{package.__name__}.{name}")
        else:
            if not callable(register := getattr(package, "register", None)):
                raise ImproperlyConfigured(f"{config.name}.{ROUTES} has no function register(router).")
            found.append(register)
    return found


router = SimpleRouter()
# The lowest app first, as the document lists them; INSTALLED_APPS names the highest first.
for register in registrars(reversed(list(apps.get_app_configs()))):
    register(router)


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

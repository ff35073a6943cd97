"""Pages of services."""

from django.urls import reverse

from tests.browser.place import Place, at, of_center, open_all, page, send
from tests.browser.world import World

SERVICE = "catalog:service_detail"


def of_service(name: str, which: str, *, here: bool = False, **more: object) -> Place:
    """A page about a service of the world; `here`: as the world's center does it."""

    def path(world: World) -> str:
        code = world.cast.center.code
        return reverse(name, args=[world.services[which].pk]) + (f"?center={code}" if here else "")

    return page(name, f"{which} here" if here else which, path=path, **more)


PLACES = (
    page("catalog:service_list", then=open_all),
    page("catalog:service_list", "nothing found", path=lambda world: reverse("catalog:service_list") + "?q=zzzz"),
    page(
        "catalog:service_list",
        "of a center",
        path=lambda world: f"{reverse('catalog:service_list')}?center={world.cast.center.code}",
    ),
    of_service(SERVICE, "city", then=open_all),
    of_service(SERVICE, "city", here=True, then=open_all),
    of_service(SERVICE, "long", who="manager", then=open_all),
    of_service(SERVICE, "off"),
    of_service(SERVICE, "withdrawn", then=open_all),
    of_center("catalog:service_list_manage", who="manager"),
    of_center("catalog:service_create", who="manager"),
    of_center("catalog:service_create", "form errors", who="manager", then=send),
    of_service("catalog:service_edit", "long", who="manager"),
    of_service("catalog:service_retire", "own", who="manager"),
    of_service("catalog:service_retire", "withdrawn", who="manager"),
    page(
        "catalog:service_adapt",
        who="manager",
        path=at(
            "catalog:service_adapt",
            code=lambda world: world.cast.center.code,
            pk=lambda world: world.services["city"].pk,
        ),
    ),
)

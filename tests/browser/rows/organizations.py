"""Pages of organisations."""

from django.urls import reverse

from tests.browser.place import Place, at, of_center, page, send
from tests.support.browser import Visitor


def of_organization(name: str, state: str = "", *, which: str = "branch", **more: object) -> Place:
    path = at(f"organizations:{name}", pk=lambda world: world.organizations[which].pk)
    return page(f"organizations:{name}", state, path=path, **more)


def try_a_sheet(visitor: Visitor) -> None:
    rows = "名称,类型,领域\n演示第八党支部,党支部,社区\n演示俱乐部,俱乐部,海上\n"
    sheet = {"name": "organizations.csv", "mimeType": "text/csv", "buffer": rows.encode()}
    visitor.page.locator("[name=file]").set_input_files([sheet])  # type: ignore[list-item]
    send(visitor)


PLACES = (
    page("organizations:organization_list"),
    page(
        "organizations:organization_list",
        "nothing found",
        path=lambda world: reverse("organizations:organization_list") + "?q=zzzz",
    ),
    of_organization("organization_detail"),
    of_organization("organization_detail", "for a worker", who="staff"),
    of_organization("organization_detail", "long names", which="long"),
    of_center("organizations:organization_list_manage", who="manager"),
    page(
        "organizations:organization_list_manage",
        "empty",
        who="city_admin",
        path=at("organizations:organization_list_manage", code=lambda world: world.cast.city.code),
    ),
    of_center("organizations:organization_create", who="manager"),
    of_center("organizations:organization_create", "form errors", who="manager", then=send),
    of_organization("organization_edit", who="manager"),
    of_organization("organization_edit", "dissolved", which="dissolved", who="manager"),
    of_organization("organization_move", who="town_admin"),
    of_organization("organization_move", "form errors", who="town_admin", then=send),
    of_organization("organization_dissolve", who="manager"),
    of_organization("organization_dissolve", "form errors", who="manager", then=send),
    of_organization("liaison_edit", who="manager"),
    of_center("organizations:organization_import", who="manager"),
    of_center("organizations:organization_import", "form errors", who="manager", then=send),
    of_center("organizations:organization_import", "tried", who="manager", then=try_a_sheet),
    of_center("organizations:organization_import_apply", who="manager"),
)

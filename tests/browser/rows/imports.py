"""Pages of imports, as those who work at the center see them."""

from tests.browser.place import Place, at, page, send


def of_import(name: str, which: str, state: str = "", query: str = "", **more: object) -> Place:
    """A page about an import of the world."""
    find = at(name, reference=lambda world: world.imports[which].reference)
    return page(name, f"{which} {state}".strip(), path=lambda world: find(world) + query, **{"who": "staff"} | more)


PLACES = (
    page("imports:import_list", who="staff"),
    page("imports:import_list", "empty", who="sibling_staff"),
    page("imports:import_create", who="staff"),
    page("imports:import_create", "form errors", who="staff", then=send),
    of_import("imports:import_columns", "columns"),
    of_import("imports:import_detail", "columns"),
    of_import("imports:import_detail", "tried"),
    of_import("imports:import_detail", "tried", "all", "?show=all"),
    of_import("imports:import_detail", "running"),
    of_import("imports:import_detail", "imported"),
    of_import("imports:import_detail", "undone", "all", "?show=all"),
    of_import("imports:import_undo", "imported"),
)

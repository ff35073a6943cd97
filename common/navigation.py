"""The sections of the portal: one list for the masthead, the phone's tab bar and the site map."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Section:
    """A part of the portal.

    Its first page, its words (short ones for the tab bar), and the URL names that belong to it.
    """

    key: str
    url_name: str
    label: Promise | str
    short: Promise | str
    icon: str
    names: tuple[str, ...]
    in_masthead: bool = True


SECTIONS = (
    Section("home", "pages:home", _("Home"), _("Home"), "home", ("pages:home",)),
    Section(
        "book",
        "bookings:space_search",
        _("Book venue"),
        _("Book"),
        "calendar",
        ("bookings:space_", "bookings:booking_create", "bookings:booking_check"),
    ),
    Section("centers", "centers:center_list", _("Center map"), _("Centers"), "pin", ("centers:", "pages:center_")),
    Section(
        "mine",
        "pages:my_page",
        _("My page"),
        _("Mine"),
        "person",
        ("pages:my_page", "bookings:booking_", "notifications:", "account_"),
        in_masthead=False,
    ),
)


def section_of(view_name: str) -> str:
    """Key of the section a URL name belongs to, or an empty string."""
    return next((section.key for section in SECTIONS if view_name.startswith(section.names)), "")


def links(view_name: str) -> list[dict[str, object]]:
    """The sections that are installed, each with its address and whether it is the current one.

    A section whose app is absent is absent too.
    """
    current = section_of(view_name)
    found: list[dict[str, object]] = []
    for section in SECTIONS:
        try:
            url = reverse(section.url_name)
        except NoReverseMatch:
            continue
        found.append({"section": section, "url": url, "current": section.key == current})
    return found

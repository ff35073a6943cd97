"""What stands where.

Distances, sizes, line breaks and fonts that people tripped over, measured on the running pages.
"""

from collections.abc import Callable

import pytest
from django.urls import reverse

from tests.browser.place import send
from tests.browser.world import World
from tests.support.browser import Mode, Visit
from tests.support.server import PortalServer

# From the lower edge of what the selector finds to the upper edge of what is shown next, in px.
GAP_BELOW = """(selector) => {
    const one = [...document.querySelectorAll(selector)].find((each) => each.offsetHeight);
    let next = one.nextElementSibling;
    while (!next.offsetHeight) next = next.nextElementSibling;
    return next.getBoundingClientRect().top - one.getBoundingClientRect().bottom;
}"""
# Words that a flex container without a gap sets side by side: the spaces between them are lost.
# What hasn't been drawn yet has no font.
WRITTEN_AND_DRAWN = """(text) => {
    document.querySelector("main p").textContent = text;
    return new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
}"""
GLUED = """() => [...document.querySelectorAll("main *")].filter((one) => {
    const style = getComputedStyle(one);
    if (!style.display.endsWith("flex") || style.columnGap !== "normal" || style.flexDirection !== "row") return false;
    const parts = [...one.childNodes].filter((part) =>
        part.nodeType === Node.TEXT_NODE ? part.data.trim() : part.nodeType === Node.ELEMENT_NODE && part.matches("span, b, a")
    );
    return parts.some((part, place) => place && [part, parts[place - 1]].some((each) => each.nodeType === Node.TEXT_NODE));
}).map((one) => one.outerHTML.slice(0, 160))"""
# Visible links and buttons of the selector that are lower than `least`, with their heights.
LOW = """([selector, least]) => [...document.querySelectorAll(selector)]
    .filter((one) => one.offsetHeight && one.getBoundingClientRect().height < least - 0.5)
    .map((one) => `${one.getBoundingClientRect().height.toFixed(1)} px: ${one.outerHTML.slice(0, 120)}`)"""
# Heights of the hours under the day bars as they appear, in px.
HOURS = """() => [...document.querySelectorAll(".day-bar text")].filter((one) => one.getBoundingClientRect().width)
    .map((one) => parseFloat(getComputedStyle(one).fontSize) * one.getScreenCTM().a)"""
# Pairs of neighbouring hours whose words run into one another.
COLLIDING = """() => [...document.querySelectorAll(".day-bar")].flatMap((bar) => {
    const boxes = [...bar.querySelectorAll("text")].map((one) => one.getBoundingClientRect()).filter((box) => box.width);
    return boxes.filter((box, place) => place && box.left < boxes[place - 1].right).map((box) => `${box.left} in ${bar.clientWidth} px`);
})"""
ELDER_TARGETS = (
    ".btn, .slot-list a, .row-list h3 a, .three-columns h3 a, .day-picker a, .day-picker label, .tap-target, .more-link"
)


@pytest.fixture(autouse=True)
def _nothing_used_up(portal_server: PortalServer) -> None:
    portal_server.forget_limits()


def space_page(world: World) -> str:
    return f"{reverse('bookings:space_detail', args=[world.space.pk])}?{world.slot(12)}"


def center_page(world: World) -> str:
    return reverse("pages:center_detail", args=[world.cast.center.code])


def test_the_way_to_the_workbench_is_one_line(world: World, visit: Visit) -> None:
    page = visit(Mode(1280), user=world.cast["staff"]).open(reverse("pages:my_page"))
    button = page.locator(f"main a.btn[href='{reverse('pages:workbench')}']")
    words, sign = button.bounding_box(), button.locator("svg").bounding_box()
    assert words and sign
    assert words["height"] <= 56
    assert abs((words["y"] + words["height"] / 2) - (sign["y"] + sign["height"] / 2)) <= 2


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("name", ["centers:staff_create", "bookings:space_create", "centers:special_day_list"])
def test_what_follows_an_error_summary_stands_apart(world: World, visit: Visit, name: str, width: int) -> None:
    visitor = visit(Mode(width), user=world.cast["manager"])
    visitor.open(reverse(name, args=[world.cast.center.code]))
    send(visitor)
    assert 16 <= visitor.page.evaluate(GAP_BELOW, ".error-summary") <= 24


@pytest.mark.parametrize("width", [360, 1280])
def test_what_follows_the_words_about_a_lost_slot_stands_apart(world: World, visit: Visit, width: int) -> None:
    taken = f"{reverse('bookings:space_detail', args=[world.space.pk])}?{world.slot(9)}"
    page = visit(Mode(width)).open(taken)
    assert 16 <= page.evaluate(GAP_BELOW, ".note[role=status]") <= 24


def test_names_keep_their_spaces(world: World, visit: Visit) -> None:
    visitor = visit(Mode(1280, "en"))
    page = visitor.open(space_page(world))
    assert "Party-Mass Service Center" in page.locator(".breadcrumb").inner_text()
    for path in (space_page(world), center_page(world), "/", world.search(), reverse("centers:center_list")):
        assert not visitor.open(path).evaluate(GLUED), path


def test_quotation_marks_of_an_english_page_are_latin(world: World, visit: Visit) -> None:
    """A Chinese face draws ’ and “ a full character wide."""
    visitor = visit(Mode(1280, "en"))
    page = visitor.open(reverse("pages:about"))
    page.evaluate(WRITTEN_AND_DRAWN, "a center’s “room”, … – now")
    chromium = visitor.context.new_cdp_session(page)
    for domain in ("DOM.enable", "CSS.enable"):
        chromium.send(domain)
    root = chromium.send("DOM.getDocument")["root"]["nodeId"]
    node = chromium.send("DOM.querySelector", {"nodeId": root, "selector": "main p"})["nodeId"]
    faces = {face["familyName"] for face in chromium.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]}
    assert faces
    assert not {face for face in faces if "CJK" in face or "WenQuanYi" in face}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_phone_shows_the_whole_search_below_one_line_of_demo_words(world: World, visit: Visit, language: str) -> None:
    page = visit(Mode(360, language)).open("/")
    banner = page.locator(".demo-banner").bounding_box()
    button = page.locator(".search-form button[type=submit]").bounding_box()
    bar = page.locator(".tab-bar").bounding_box()
    assert banner and button and bar
    assert banner["height"] <= 36
    assert button["y"] + button["height"] <= bar["y"]


@pytest.mark.parametrize("width", [821, 840, 900, 960, 1000, 1120, 1280])
def test_the_longest_masthead_fits(world: World, visit: Visit, width: int) -> None:
    """`open` finds fault with a page that scrolls sideways."""
    visitor = visit(Mode(width, "en"), user=world.cast["staff"])
    for path in ("/", center_page(world), reverse("pages:about")):
        visitor.open(path)


@pytest.mark.parametrize("path", ["/", "search", "space", "center"])
def test_elder_mode_has_large_targets(world: World, visit: Visit, path: str) -> None:
    page = visit(Mode(360, elder=True)).open(_path(path, world))
    low = page.evaluate(LOW, [ELDER_TARGETS, 56])
    assert not low, "\n".join(low)


@pytest.mark.parametrize("width", [360, 900, 1280])
@pytest.mark.parametrize("path", ["center"])
def test_elder_mode_has_large_hours(world: World, visit: Visit, path: str, width: int) -> None:
    page = visit(Mode(width, elder=True)).open(_path(path, world))
    hours = page.evaluate(HOURS)
    assert hours
    assert min(hours) >= 16
    assert not page.evaluate(COLLIDING)


def _path(name: str, world: World) -> str:
    paths: dict[str, Callable[[World], str]] = {"search": World.search, "space": space_page, "center": center_page}
    return paths[name](world) if name in paths else name

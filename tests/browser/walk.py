"""The steps of booking a room as people take them: by tap, without JavaScript, or by keyboard alone.

Every step looks the page over.
"""

import datetime as dt
import re
from typing import Protocol

from playwright.sync_api import Locator, Page, expect

from bookings.models import Space
from common import clock
from tests.support.browser import Visitor

# More people than any other room of a test holds, so that the search finds the room made for it.
MANY = 300
LONGEST_WAY = 250
FOCUS_SEEN = """() => {
    const seen = (one) => {
        const style = one && getComputedStyle(one);
        return style && ((style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none");
    };
    const focused = document.activeElement;
    return seen(focused) || [...(focused.labels || [])].some(seen);
}"""
TOUCH_TARGET_PX = 24


class Means(Protocol):
    """How somebody operates a page."""

    def press(self, control: Locator) -> None:
        """Follow a link, press a button, tick a box."""

    def choose_day(self, picker: Locator, day: dt.date) -> None:
        """Choose a day of the row of days."""

    def write(self, field: Locator, text: str) -> None:
        """Replace what stands in a field."""


class Taps:
    """A finger. `count` says how many times it came down on a control."""

    def __init__(self) -> None:
        self.count = 0

    def press(self, control: Locator) -> None:
        self.count += 1
        control.scroll_into_view_if_needed()
        box = control.bounding_box()
        assert box and min(box["width"], box["height"]) >= TOUCH_TARGET_PX, (
            f"{control} is too small for a finger: {box}"
        )
        control.tap()

    def choose_day(self, picker: Locator, day: dt.date) -> None:
        picker.locator(f"input[value='{day}'] + label").tap()

    def write(self, field: Locator, text: str) -> None:
        field.fill(text)


class Keys:
    """A keyboard: Tab to get there, Enter and Space to press, arrows inside a row of days.

    Focus has to be seen on the way.
    """

    def press(self, control: Locator) -> None:
        self._reach(control)
        control.page.keyboard.press("Space" if control.get_attribute("type") == "checkbox" else "Enter")

    def choose_day(self, picker: Locator, day: dt.date) -> None:
        chosen = picker.locator("input:checked")
        self._reach(chosen)
        days = [box.get_attribute("value") for box in picker.locator("input").all()]
        for _ in range(days.index(str(day)) - days.index(chosen.get_attribute("value"))):
            picker.page.keyboard.press("ArrowRight")

    def write(self, field: Locator, text: str) -> None:
        self._reach(field)
        field.page.keyboard.press("Control+a")
        field.page.keyboard.type(text)

    def _reach(self, control: Locator) -> None:
        page = control.page
        expect(control).to_have_count(1)
        for _ in range(LONGEST_WAY):
            if control.evaluate("(one) => one === document.activeElement"):
                assert page.evaluate(FOCUS_SEEN), f"Nothing shows that {control} has the focus"
                return
            page.keyboard.press("Tab")
        raise AssertionError(f"{control} can't be reached with the Tab key on {page.url}")


class Walk:
    """One resident on the way to `space`, tomorrow at the hours that the home page proposes."""

    def __init__(self, visitor: Visitor, space: Space, means: Means) -> None:
        self.visitor, self.space, self.means = visitor, space, means
        self.page: Page = visitor.page
        self.day = clock.today() + dt.timedelta(days=1)

    def look_for_a_room(self) -> None:
        """Home, the form, its answer."""
        self.visitor.open("/")
        form = self.page.locator("form.search-form")
        self.means.choose_day(form.locator(".day-picker"), self.day)
        self.means.write(form.locator("[name=headcount]"), str(MANY))
        self.means.press(form.locator("button[type=submit]"))
        self.arrive(r"/search/\?")

    def choose_the_room(self) -> None:
        """Of the rooms found, ours; its page opens with the time asked for already chosen."""
        self.means.press(
            self.page.locator("li.search-result", has_text=self.space.name).locator(".search-result-action a")
        )
        self.arrive(rf"/spaces/{self.space.pk}/\?.*starts_at={self.day}")

    def go_on_to_check(self) -> None:
        """To the check, or to signing in before it."""
        submit = self.page.locator("button[form=slot], #slot button[type=submit]")
        self.means.press(submit.locator("visible=true"))
        self.arrive(rf"(/spaces/{self.space.pk}/book/|/accounts/login/code/)\?")

    def sign_in(self, phone: str) -> None:
        """By the code that a demo shows on the page."""
        self.ask_for_a_code(phone)
        self.enter_code(self.page.locator(".note b.digits").inner_text())

    def ask_for_a_code(self, phone: str) -> None:
        """What was chosen stands beside the form all the while."""
        expect(self.page.locator(".kept-booking")).to_contain_text(self.space.name)
        self.means.write(self.page.locator("[name=phone]"), phone)
        self.means.press(self.page.locator("form:has([name=phone]) button[type=submit]"))
        self.arrive("/accounts/login/code/confirm/")
        expect(self.page.locator(".kept-booking")).to_contain_text(self.space.name)

    def enter_code(self, code: str) -> None:
        """And be back where the chosen slot is checked."""
        self.means.write(self.page.locator("[name=code]"), code)
        self.means.press(self.page.locator("form:has([name=code]) button[type=submit]"))
        self.arrive(rf"/spaces/{self.space.pk}/book/\?")

    def fill_in(self, name: str = "演示居民01") -> None:
        """The two answers that only the person can give."""
        self.means.write(self.page.locator("[name=name]"), name)
        self.means.press(self.page.locator("[name=agree]"))
        expect(self.page.locator("[name=agree]")).to_be_checked()

    def submit(self, then: str = r"/bookings/") -> None:
        """Send it; `then`: a pattern of the address that answers."""
        self.means.press(self.page.locator("form:has([name=agree]) button[type=submit]"))
        self.arrive(then)

    def arrive(self, address: str) -> None:
        """Wait for the page, and look it over."""
        expect(self.page).to_have_url(re.compile(address))
        self.page.wait_for_load_state("load")
        self.visitor.look()

    @property
    def reference(self) -> str:
        """The number of the booking on its page."""
        return self.page.locator(".status-panel dd.digits").first.inner_text()

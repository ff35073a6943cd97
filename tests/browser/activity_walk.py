"""The steps from a booking to a record as people take them: by tap, without JavaScript, or by keyboard alone.

Every step looks the page over.
"""

import io
import re

import zxingcpp
from django.urls import reverse
from PIL import Image
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from activities.models import Activity
from tests.browser.walk import Means
from tests.support.browser import Visitor

ENLARGED = 4


class Walker:
    """Somebody at a window, with a finger or a keyboard."""

    def __init__(self, visitor: Visitor, means: Means) -> None:
        self.visitor, self.means = visitor, means
        self.page: Page = visitor.page

    def open(self, path: str) -> None:
        self.visitor.open(path)

    def press(self, control: Locator, *, then: str) -> None:
        """Press it, wait for the page at the address `then` (a pattern), and look that over."""
        self.means.press(control)
        expect(self.page).to_have_url(re.compile(then))
        self.page.wait_for_load_state("load")
        self.visitor.look()

    def tick(self, name: str) -> None:
        box = self.page.locator(f"[name={name}]")
        self.means.press(box)
        expect(box).to_be_checked()

    def write(self, name: str, text: str) -> None:
        self.means.write(self.page.locator(f"[name={name}]"), text)


class Staff(Walker):
    """The one worker of a center."""

    def publish_from_booking(self, address: str) -> str:
        """From the page of a booking: make it an activity, publish it as it is filled in. Its reference."""
        self.open(address)
        self.press(self.page.get_by_role("link", name="办成活动"), then=r"/activities/new/\?booking=")
        self.press(self.page.get_by_role("button", name="发布", exact=True), then=r"/activities/[0-9A-Z]+/$")
        return self.page.url.rstrip("/").rpartition("/")[2]

    def check_in(self, activity: Activity, code: str) -> None:
        """Type at the desk, as a scanner does, what stands in a picture."""
        self.open(activity.get_desk_url())
        self.means.write(self.page.locator("#code"), code)
        self.press(self.page.get_by_role("button", name="签到", exact=True), then=r"/activities/[0-9A-Z]+/")
        self.expect_here(1)

    def code_on_the_wall(self, activity: Activity) -> str:
        """Address in the QR code on the wall, read from the picture."""
        self.open(reverse("activities:wall_detail", args=[activity.reference]))
        return read_qr(self.page.locator(".qr-code svg").screenshot())

    def expect_here(self, people: int) -> None:
        expect(self.page.locator(".door-count .figure")).to_contain_text(str(people))

    def look_up_ledger(self, activity: Activity) -> str:
        """Ledger of the activity, looked over; text of the PDF that is made of it."""
        self.open(reverse("ledger:ledger_detail", args=[activity.reference]))
        with self.page.expect_download() as made:
            self.means.press(self.page.get_by_role("button", name="PDF"))
        return "".join(page.extract_text() for page in PdfReader(made.value.path()).pages)

    def find_what_to_record(self, activity: Activity) -> None:
        """From the workbench to the form of the record."""
        self.open("/work/")
        link = self.page.locator(f"a[href*='/activities/{activity.reference}/record/']").locator("visible=true")
        self.press(link.first, then=r"/record/")


class Resident(Walker):
    """A resident with children."""

    def choose(self, activity: Activity, center: str) -> None:
        """Of the activities of a center, this one: the first of two taps."""
        self.open(f"/activities/?near={center}&reach=here")
        link = self.page.locator(f"h3 a[href='{activity.get_absolute_url()}']")
        self.press(link, then=activity.get_absolute_url())

    def add_children(self, *names: str) -> None:
        """Write down children who aren't known yet, the guardian's consent with them."""
        for number, name in enumerate(names, 1):
            suffix = "" if number == 1 else f"_{number}"
            field = self.page.locator(f"[name=name{suffix}]")
            if not field.is_visible():
                self.means.press(self.page.locator("details", has=field).last.locator("> summary"))
            self.means.write(field, name)
            self.page.locator(f"[name=relation{suffix}]").select_option("child")

    def sign_up(self) -> str:
        """The second tap. The code on the ticket."""
        self.press(self.page.locator("form[action*='/join/'] button[type=submit]"), then=r"/sign-ups/[0-9A-Z]+/\?new=1")
        return self.page.url.partition("?")[0].rstrip("/").rpartition("/")[2]

    def cancel(self, code: str) -> None:
        self.open(f"/sign-ups/{code}/")
        self.press(self.page.locator(".ticket .actions").get_by_role("link", name="取消报名"), then=r"/cancel/")
        self.press(self.page.locator("main form button[type=submit]"), then=rf"/sign-ups/{code}/$")

    def accept(self) -> None:
        """Take the place that is offered, on one's own page."""
        self.open("/me/")
        self.press(self.page.get_by_role("button", name="要这个名额"), then=r"/(me|sign-ups)/")

    def arrive(self, address: str) -> None:
        """Follow the code on the wall, and say that one's people are here."""
        self.open(address)
        self.press(self.page.get_by_role("button", name="我到了"), then=r"/activities/[0-9A-Z]+/")
        expect(self.page.locator("#here-title")).to_be_visible()

    def code_in_picture(self, code: str) -> str:
        """Text of the QR code on a ticket, read from the picture."""
        self.open(f"/sign-ups/{code}/")
        picture = self.page.locator(".ticket-code svg")
        picture.scroll_into_view_if_needed()
        return read_qr(picture.screenshot())


def read_qr(png: bytes) -> str:
    """Text of the QR code in a picture."""
    image = Image.open(io.BytesIO(png)).convert("L")
    image = image.resize((image.width * ENLARGED, image.height * ENLARGED))
    [found] = zxingcpp.read_barcodes(image)
    return str(found.text)

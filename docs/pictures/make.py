"""`make screenshots`.

The README's pictures, taken of the running product while somebody books a room and a worker records what was held.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PICTURES = Path(__file__).resolve().parent
PROJECT = PICTURES.parent.parent
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--hide-scrollbars",
)
# Widths of a desk and of a phone, each with the height of its picture.
SIZES = ((1280, 760), (360, 740))
START_SECONDS, STOP_SECONDS = 180, 30
PEOPLE = "20"


def main() -> None:
    """Take the pictures of a demo portal started for it, or of a running one (--base)."""
    parser = ArgumentParser(description="The README's pictures, taken of the running product.")
    parser.add_argument(
        "--base", help="address of a running demo portal on this project's database, such as http://127.0.0.1:8000"
    )
    parser.add_argument("--to", type=Path, default=PICTURES, help="directory for the pictures")
    options = parser.parse_args()
    options.to.mkdir(parents=True, exist_ok=True)
    with portal(options.base) as base, browser() as chromium:
        photographer = Photographer(chromium, base, options.to)
        photographer.take_all(*sign_ins())
    for picture in photographer.taken:
        print(f"{picture.name}  {picture.stat().st_size / 1024:.0f} KB")


class Photographer:
    """Walks through the portal; `taken` are the files."""

    def __init__(self, chromium: Any, base: str, directory: Path) -> None:
        self.chromium, self.base, self.directory = chromium, base, directory
        self.taken: list[Path] = []

    def take_all(self, phone: str, staff: tuple[str, str], official: tuple[str, str]) -> None:
        """The way of a booking, the activities of the week, what a worker sees and records, the figures of a month."""
        page = self.window()
        page.goto("/")
        self.take(page, "home")
        page.goto("/centers/")
        self.take(page, "centers")
        page.goto("/activities/")
        self.take(page, "activities")
        page.locator(".activity-row h3 a").first.click()
        page.wait_for_url(re.compile(r"/activities/[0-9A-Z]+/"))
        self.take(page, "activity")
        self.book(page, phone)
        page = self.window()
        self.enter_as_staff(page, *staff)
        self.take(page, "workbench")
        page.locator(".side-menu a[href$='/activities/held/']").click()
        page.wait_for_url(re.compile("/activities/held/$"))
        self.take(page, "record")
        page = self.window()
        self.enter_as_staff(page, *official)
        page.goto("/statistics/")
        self.take(page, "figures")

    def book(self, page: Any, phone: str) -> None:
        """From the search to a booked room, which is given back at the end: the next pictures shall find as many."""
        page.goto("/")
        page.locator(".day-picker label").nth(2).click()
        page.locator("form.search-form [name=headcount]").fill(PEOPLE)
        page.locator("form.search-form button[type=submit]").click()
        page.wait_for_url(re.compile(r"/search/\?"))
        self.take(page, "search")
        page.locator("li.search-result .search-result-action a").first.click()
        page.wait_for_url(re.compile(r"/spaces/\d+/\?"))
        self.take(page, "space", phone_from="section:has(#slots)")
        page.locator("#book button[type=submit]").click()
        self.enter_by_phone(page, phone)
        page.locator("[name=name]").fill("演示居民01")
        page.locator("[name=agree]").check()
        self.take(page, "check")
        page.locator("form:has([name=agree]) button[type=submit]").click()
        page.wait_for_url(re.compile(r"/bookings/[^/]+/\?new"))
        self.take(page, "success")
        page.goto(re.sub(r"\?.*", "", page.url) + "cancel/")
        page.locator("main form[method=post] button[type=submit]").first.click()
        page.wait_for_url(re.compile(r"/bookings/[^/]+/$"))

    def enter_by_phone(self, page: Any, phone: str) -> None:
        """By the code that a demo shows."""
        page.wait_for_url(re.compile("/accounts/login/code/"))
        page.locator("[name=phone]").fill(phone)
        page.locator("form:has([name=phone]) button[type=submit]").click()
        page.locator("[name=code]").fill(page.locator(".note b.digits").inner_text())
        page.locator("form:has([name=code]) button[type=submit]").click()
        page.wait_for_url(re.compile(r"/book/\?"))

    def enter_as_staff(self, page: Any, username: str, password: str) -> None:
        page.goto("/accounts/login/?next=/work/")
        page.locator("[name=login]").fill(username)
        page.locator("[name=password]").fill(password)
        page.locator("form:has([name=password]) button[type=submit]").click()
        page.wait_for_url(re.compile("/work/$"))

    def window(self) -> Any:
        """A visitor who reads Chinese, in daylight."""
        context = self.chromium.new_context(
            base_url=self.base,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            color_scheme="light",
            reduced_motion="reduce",
        )
        context.set_default_timeout(20_000)
        return context.new_page()

    def take(self, page: Any, name: str, phone_from: str = "body") -> None:
        """The page as a desk shows it, and as a phone does, scrolled to `phone_from`."""
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            page.evaluate("document.activeElement.blur()")
            page.locator(phone_from if width < SIZES[0][0] else "body").evaluate(
                "one => one.scrollIntoView({behavior: 'instant'})"
            )
            picture = self.directory / f"{name}-{width}.png"
            page.screenshot(path=picture, animations="disabled")
            self.taken.append(picture)
        page.set_viewport_size({"width": SIZES[0][0], "height": SIZES[0][1]})


def sign_ins() -> tuple[str, tuple[str, str], tuple[str, str]]:
    """Phone of the demo's resident; user name and password of its first worker and of its last, who works above all."""
    command = [sys.executable, "manage.py", "demo", "--sign-ins"]
    said = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True).stdout
    phone = re.search(r"^\s*(1\d{10}),", said, re.MULTILINE)
    staff = re.findall(r"^\s*(\S+) / (\S+)", said, re.MULTILINE)
    if not phone or not staff:
        sys.exit("The portal has no demo people: start it once with DEMO=1.")
    return phone[1], staff[0], staff[-1]


@contextmanager
def browser() -> Iterator[Any]:
    """Chromium: CHROMIUM names it, or the system's."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        sys.exit("Pictures need the packages of requirements.txt, not only those of production.")
    names = (os.environ.get("CHROMIUM", ""), *BROWSERS)
    program = next((path for name in names if name and (path := shutil.which(name))), None)
    if program is None:
        sys.exit("No Chromium found: install the package chromium, or set CHROMIUM to the program.")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield chromium
        chromium.close()


@contextmanager
def portal(base: str | None) -> Iterator[str]:
    """The address of a running portal; without one, of a demo portal that is started and stopped."""
    if base:
        yield base.rstrip("/")
        return
    port = free_port()
    command = [sys.executable, "-m", "embedded.supervisor"]
    environment = {**os.environ, "PORT": str(port), "DEMO": "1"}
    running = subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=subprocess.DEVNULL)  # our own supervisor
    try:
        address = f"http://127.0.0.1:{port}"
        wait_for(address, running)
        yield address
    finally:
        running.terminate()
        running.wait(STOP_SECONDS)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str, running: subprocess.Popen[bytes]) -> None:
    """Until the portal answers; one sentence when it ends before, or takes too long."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and running.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=10).close()  # noqa: S310 (our own address)
        except urllib.error.HTTPError as error:
            sys.exit(f"The portal answers with {error.code}.")
        except OSError:
            time.sleep(0.2)
        else:
            return
    sys.exit(
        "The portal doesn't start; `make run` says why. (One runs from this directory already? Give "
        "its address by --base.)"
    )


if __name__ == "__main__":
    main()

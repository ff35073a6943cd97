"""A visitor with a browser: opens pages, clicks, and finds fault with each page on the way."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response

from tests.support.axe import INSTALL, Looks, serious_faults
from tests.support.server import PortalServer

# The headless shell first: the whole browser prepares the pages of its own surface for each window, which takes three
# times as long.
EXECUTABLES = (
    "/usr/bin/chromium-headless-shell",
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Whatever a page asks for, nothing leaves this machine.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
HEIGHTS = {360: 740, 1280: 800}
# How far the page scrolls sideways, and the innermost elements that stick out.
SIDEWAYS = """() => {
    const root = document.documentElement;
    const wide = root.scrollWidth - root.clientWidth;
    if (wide <= 0) return [0, []];
    const out = [...document.body.querySelectorAll("*")].filter((one) => one.getBoundingClientRect().right > root.clientWidth + 0.5);
    const innermost = out.filter((one) => !out.some((other) => other !== one && one.contains(other)));
    return [wide, innermost.slice(0, 4).map((one) => one.outerHTML.split(">")[0] + ">")];
}"""


@dataclass(frozen=True)
class Mode:
    """How somebody reads: width of the window, language, colours, elder mode, with or without JavaScript."""

    width: int = 1280
    language: str = "zh"
    scheme: str = "light"
    elder: bool = False
    javascript: bool = True

    def __str__(self) -> str:
        return (
            f"{self.width}-{self.language}-{'elder' if self.elder else self.scheme}{'' if self.javascript else '-nojs'}"
        )


EVERY_MODE = tuple(
    Mode(width, language, scheme, elder)
    for width in (360, 1280)
    for language in ("zh", "en")
    for scheme, elder in (("light", False), ("dark", False), ("light", True))
)
# Together they meet each value of each choice at least once.
THREE_MODES = (Mode(360, "zh", "light"), Mode(1280, "en", "dark"), Mode(360, "en", "light", elder=True))


class Visitor:
    """One person at one browser window.

    `page` is Playwright's, for clicking and filling in; `faults` is what was wrong so far.
    """

    def __init__(self, browser: Browser, server: PortalServer, mode: Mode, user: Any = None) -> None:
        self.server, self.mode = server, mode
        self.context = _context(browser, server, mode, user)
        self.page: Page = self.context.new_page()
        self.faults: list[str] = []
        self._forgiven: list[re.Pattern[str]] = []
        self._documents: set[str] = set()
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))
        self.page.on("request", self._asked)
        self.page.on("response", self._answered)

    def open(self, path: str, *, status: int = 200) -> Page:
        """Go to `path`, expect `status`, look the page over."""
        response = self.page.goto(path)
        assert response is not None and response.status == status, (
            f"{path} answered {response.status if response else 'nothing'}"
        )
        self.look()
        return self.page

    def look(self) -> None:
        """Find fault with the page as it stands now: sideways scroll, console, foreign requests.

        Call it after each step of a flow.
        """
        wide, culprits = self.page.evaluate(SIDEWAYS)
        if wide > 0:
            self.faults.append(f"{self.page.url} scrolls sideways by {wide} px: {', '.join(culprits)}")
        found, self.faults = self.faults, []
        assert not found, f"[{self.mode}] " + "\n".join(found)

    def assert_accessible(self, known: Looks | None = None) -> None:
        """Run axe on the page as it stands: nothing serious or critical.

        `known`: looks of texts whose colours passed before, in this mode; those that pass now are added.
        """
        found = serious_faults(self.page, known or Looks())
        assert not found, f"[{self.mode}] {self.page.url}\n" + "\n".join(found)

    def forgive(self, pattern: str) -> None:
        """Let console errors that match `pattern` pass: for tests that provoke them."""
        self._forgiven.append(re.compile(pattern))

    def leave(self) -> None:
        """Look a last time, and close the window."""
        try:
            if self.page.url.startswith("http"):
                self.look()
        finally:
            self.context.close()

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type != "error" or any(pattern.search(message.text) for pattern in self._forgiven):
            return
        address = message.location.get("url", "")
        # Chromium calls a document that answers 404 or 422 an error; what a page answers is the test's own affair.
        if not (message.text.startswith("Failed to load resource") and address in self._documents):
            self.faults.append(f"console: {message.text} ({address})")

    def _asked(self, request: Request) -> None:
        if request.is_navigation_request():
            self._documents.add(request.url)
        address = urlsplit(request.url)
        if (
            address.scheme in ("http", "https", "ws", "wss")
            and f"{address.scheme}://{address.netloc}" != self.server.url
        ):
            self.faults.append(f"asked off this machine: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 500:
            self.faults.append(f"{response.url} answered {response.status}")


Visit = Callable[..., Visitor]


def _context(browser: Browser, server: PortalServer, mode: Mode, user: Any) -> BrowserContext:
    context = browser.new_context(
        base_url=server.url,
        viewport={"width": mode.width, "height": HEIGHTS.get(mode.width, 800)},
        locale={"zh": "zh-CN", "en": "en-GB"}[mode.language],
        timezone_id="Asia/Shanghai",
        color_scheme=mode.scheme,
        reduced_motion="reduce",
        has_touch=mode.width < 600,
        java_script_enabled=mode.javascript,
    )
    cookies = [{"name": "elder", "value": "1"}] if mode.elder else []
    if user is not None:
        cookies.append(server.session_cookie(user))
    context.add_cookies([{**cookie, "url": server.url} for cookie in cookies])
    context.add_init_script(INSTALL)
    context.set_default_timeout(15_000)
    return context

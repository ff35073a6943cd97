"""Bytes and requests that a phone loads for the first page.

Every byte over the wire, headers included, with nothing in any cache.
"""

from bench import places, served
from bench.rounds import Result

LIMIT_KB = 150.0


def first_page_kb(quick: bool) -> Result:
    with served.portal(places.LARGE) as url:
        count, kilobytes = _load(url)
    notes = f"{count} requests for the home page at 360 px, cold; the limit is the reference"
    return Result(
        "first_page_kb", kilobytes, LIMIT_KB, kilobytes / LIMIT_KB, target=1.0, at_least=False, unit="KB", notes=notes
    )


def _load(url: str) -> tuple[int, float]:
    """Number of requests and kilobytes (1,000 bytes) that a new browser needs for the page."""
    sizes: list[float] = []
    with served.chromium() as browser:
        page = browser.new_context(viewport={"width": 360, "height": 740}, locale="zh-CN").new_page()
        session = page.context.new_cdp_session(page)
        session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
        session.send("Network.enable")
        page.goto(url, wait_until="networkidle")
    return len(sizes), sum(sizes) / 1000

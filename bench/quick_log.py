"""The worker's minute: seconds from the workbench to a record with two photos, on a phone with a slow network.

The script types as fast as a browser takes it, so what is measured is the portal's part of the minute: pages, scripts,
photos made smaller, the upload. Thirty seconds are left to the person.
"""

import datetime as dt
import io
import statistics
import time
from typing import Any

from django.conf import settings

from bench import places, served
from bench.from_memory import session_of
from bench.rounds import Result
from common import clock

LIMIT_SECONDS = 30.0
# Slow 4G, as Lighthouse throttles a phone.
NETWORK = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 90_000}


def quick_log(quick: bool) -> Result:
    with places.database(places.LARGE):
        cookie, references = _begun(1 if quick else 5)
    with served.portal(places.LARGE) as url, served.chromium() as browser:
        taken = [_record(browser, url, cookie, reference) for reference in references]
    seconds = statistics.median(taken)
    notes = "workbench → 记一条 → two photos of 12 megapixels → saved, 360 px, 1.6 Mbit/s down, 0.7 up, 150 ms"
    return Result("quick_log", seconds, LIMIT_SECONDS, seconds / LIMIT_SECONDS, 1.0, False, "s", notes)


def _begun(count: int) -> tuple[str, list[str]]:
    """Cookie of a worker, and references of activities that ended a moment ago at their center."""
    from activities.choices import ActivityKind, ActivityState
    from activities.models import Activity
    from centers.models import CenterRole

    role = CenterRole.objects.filter(center__level__code="village").select_related("user").order_by("pk")[0]
    ended = clock.now() - dt.timedelta(minutes=1)
    made = [
        Activity.objects.create(
            kind=ActivityKind.ACTIVITY,
            state=ActivityState.PUBLISHED,
            center_id=role.center_id,
            title="bench",
            starts_at=ended - dt.timedelta(hours=1),
            ends_at=ended,
            is_demo=True,
        )
        for _ in range(count)
    ]
    return session_of(role.user), [activity.reference for activity in made]


def _record(browser: Any, url: str, cookie: str, reference: str) -> float:
    """Seconds from asking for the workbench to the page that says it is recorded. The cache is warm, the page isn't."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="zh-CN", has_touch=True)
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie.partition("=")[2], "url": url}])
    page = context.new_page()
    page.goto(f"{url}work/")
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", NETWORK)
    started = time.perf_counter()
    page.goto(f"{url}work/")
    page.locator(f"a[href*='/{reference}/record/']").locator("visible=true").first.tap()
    page.locator("[name=attendance]").fill("18")
    page.locator("[name=note]").fill("bench")
    page.locator("[name=photos]").set_input_files([_photo("1.jpg"), _photo("2.jpg")])
    page.locator(".save-bar button").tap()
    page.wait_for_url(lambda address: "/record/" not in address, timeout=120_000)
    seconds = time.perf_counter() - started
    context.close()
    return seconds


def _photo(name: str) -> dict[str, Any]:
    from PIL import Image

    file = io.BytesIO()
    Image.effect_noise((4000, 3000), 40).convert("RGB").save(file, "JPEG", quality=60)
    return {"name": name, "mimeType": "image/jpeg", "buffer": file.getvalue()}

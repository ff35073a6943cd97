"""Worker, broker, web and database are killed in turn while people sign up and photos are sent.

What was acknowledged is there; what wasn't is sent again by the same form and arrives once. No photo without its
record, no record that points to a photo that isn't there.
"""

import datetime as dt
import io
import time
import urllib.error
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http.client import HTTPException
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from PIL import Image

from activities.choices import Relation, SignUpState
from activities.models import Activity, Photo, SignUp
from activities.services.photos import sweep_orphans
from centers.choices import Role
from centers.models import Center
from common import clock
from notifications.models import Outbox
from tests.concurrency.conftest import run_together
from tests.factories.activities import make_activity
from tests.factories.centers import grant
from tests.factories.people import make_staff
from tests.support.http import Answer, PortalClient
from tests.support.live import live_resident
from tests.support.server import STATIC_HOME, PortalServer, running_portal

PARENTS, EACH, PLACES = 4, 5, 12
SENDERS, PHOTOS = 2, 3
CENTER = "330482002010"
REDIRECT, CONFLICT = 302, 409
FAULT_SECONDS = 1.5
PATIENCE = 90.0
DAY = dt.timedelta(days=1)

pytestmark = [pytest.mark.race, pytest.mark.slow]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where this portal alone keeps its photos; the static files are those of all."""
    place = tmp_path_factory.mktemp("portal")
    (place / "static").symlink_to(STATIC_HOME / "static")
    return place


@pytest.fixture(scope="module")
def portal(
    django_test_environment: None, django_db_blocker: Any, worker_id: str, folder: Path
) -> Iterator[PortalServer]:
    environment = {"PORTAL_VAR": str(folder)}
    with running_portal(f"{worker_id}_killed", django_db_blocker.unblock, environment) as server:
        server.start_worker()
        yield server


def kill_web(portal: PortalServer) -> None:
    portal.kill(portal.web)
    time.sleep(FAULT_SECONDS)
    portal.start_web()


def kill_worker(portal: PortalServer) -> None:
    portal.kill(portal.worker)
    time.sleep(FAULT_SECONDS)
    portal.start_worker()


def kill_broker(portal: PortalServer) -> None:
    portal.kill_broker()
    time.sleep(FAULT_SECONDS)
    portal.start_broker()


def kill_database(portal: PortalServer) -> None:
    with portal.database_cut_off():
        time.sleep(FAULT_SECONDS)


def until_acknowledged(send: Callable[[], Answer], *, done: int | None = None) -> str:
    """Send the same form until it is acknowledged, as a person does. The address that it leads to.

    `done`: what is answered to who sends again what was done already.
    """
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            answer = send()
        except (OSError, HTTPException, urllib.error.URLError):
            answer = None
        if answer is not None and answer.status == REDIRECT and "/login/" not in answer.location:
            return answer.location
        if answer is not None and answer.status == done:
            return ""
        if answer is not None and answer.status < 500:
            raise AssertionError(f"{answer.status} {answer.location}: {send}")
        time.sleep(0.2)
    raise AssertionError("never acknowledged")


def jpeg() -> bytes:
    file = io.BytesIO()
    Image.effect_noise((600, 400), 80).convert("RGB").save(file, "JPEG")
    return file.getvalue()


@pytest.mark.parametrize("fault", [kill_worker, kill_broker, kill_web, kill_database])
def test_nothing_acknowledged_is_lost(
    portal: PortalServer, folder: Path, settings: Any, fault: Callable[[PortalServer], None]
) -> None:
    portal.forget_limits()
    parents = [live_resident(portal) for _ in range(PARENTS)]
    with portal.database():
        center, now = Center.objects.get(code=CENTER), clock.now()
        staff = make_staff(f"staff-{fault.__name__}", name="演示站长05")
        grant(staff, center, Role.STAFF)
        coming, *held = (make_activity(center, capacity=PLACES) for _ in range(1 + SENDERS))
        Activity.objects.filter(pk=coming.pk).update(starts_at=now + 2 * DAY, ends_at=now + 2.1 * DAY)
        Activity.objects.exclude(pk=coming.pk).filter(pk__in=[one.pk for one in held]).update(
            starts_at=now - DAY / 12, ends_at=now - DAY / 24
        )
    clients = [PortalClient(portal.url, cookie=portal.session_cookie(person)) for person in parents]
    workers = [PortalClient(portal.url, cookie=portal.session_cookie(staff)) for _ in held]

    def sign_up(number: int) -> list[str]:
        """Codes of the sign-ups that were acknowledged, the first of them taken back again."""
        client, codes = clients[number], []
        for turn in range(EACH):
            fields = {"name": f"演示家人{number}{turn}", "relation": Relation.OTHER}
            address = until_acknowledged(partial(client.post, f"/activities/{coming.reference}/join/", fields))
            assert address.startswith("/sign-ups/"), address
            codes.append(address.partition("?")[0].rstrip("/").rpartition("/")[2])
        until_acknowledged(partial(client.post, f"/sign-ups/{codes[0]}/cancel/", {}), done=CONFLICT)
        return codes

    def send_photos(number: int) -> None:
        address = reverse("activities:photo_list", args=[held[number].reference])
        for turn in range(PHOTOS):
            fields = {"key": f"00000000-0000-4000-8000-{number:06d}{turn:06d}"}
            until_acknowledged(partial(workers[number].post_files, address, fields, {"photos": [jpeg()]}))

    everybody = [
        *(partial(sign_up, number) for number in range(PARENTS)),
        *(partial(send_photos, number) for number in range(SENDERS)),
    ]
    # The fault is this thread's: the kernel ends what is started again together with the thread that started it.
    with ThreadPoolExecutor(max_workers=1) as pool:
        running = pool.submit(run_together, everybody)
        time.sleep(FAULT_SECONDS / 3)
        fault(portal)
        results = running.result()

    assert not [result for result in results if isinstance(result, BaseException)], results
    codes = {code for of_parent in results[:PARENTS] for code in of_parent}
    with portal.database():
        assert_all_stands(portal, coming, held, codes)
        assert_photos_are_those_of_the_rows(settings, folder)


def assert_all_stands(portal: PortalServer, coming: Activity, held: list[Activity], codes: set[str]) -> None:
    """Each sign-up that was acknowledged is there once, its places are counted, its messages go out."""
    made = SignUp.objects.filter(activity=coming)
    assert set(made.values_list("code", flat=True)) == codes and len(codes) == PARENTS * EACH
    assert made.filter(state=SignUpState.LEFT).count() == PARENTS
    coming.refresh_from_db()
    assert coming.seats_taken == PLACES and coming.waiting == PARENTS * EACH - PARENTS - PLACES
    assert all_told(portal, codes)
    assert [activity.photos.count() for activity in held] == [PHOTOS] * SENDERS


def assert_photos_are_those_of_the_rows(settings: Any, folder: Path) -> None:
    """Once files without a row are swept, each file has its row and each row its file."""
    storage = settings.STORAGES["photos"]
    files = folder / Path(storage["OPTIONS"]["location"]).relative_to(settings.VAR_DIR)
    settings.STORAGES = {**settings.STORAGES, "photos": {**storage, "OPTIONS": {"location": files}}}
    sweep_orphans(now=clock.now() + 2 * DAY)
    assert {path.name for path in files.iterdir()} == set(Photo.objects.values_list("name", flat=True))


def all_told(portal: PortalServer, codes: set[str]) -> bool:
    """Whether every message about these sign-ups goes out in the end."""
    waiting = Outbox.objects.filter(subject_id__in=codes, done_at__isnull=True)
    deadline = time.monotonic() + PATIENCE
    while waiting.exists() and time.monotonic() < deadline:
        portal.watch_worker()
        time.sleep(0.3)
    return not waiting.exists() and Outbox.objects.filter(subject_id__in=codes).exists()

"""What a chat shows of a link, and what a phone puts on its home screen."""

import re
import struct
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from centers.models import Center
from tests.factories.activities import make_activity
from tests.factories.bookings import make_space
from tests.support.cast import make_cast
from tests.support.time import TestClock

IMAGES = Path(settings.BASE_DIR) / "static" / "img"
MOST_BYTES = 30 * 1024


def properties(html: str) -> dict[str, str]:
    return dict(re.findall(r'<meta property="(og:[\w:]+)" content="([^"]*)">', html))


@pytest.mark.django_db
def test_a_link_to_a_room_is_shown_by_its_name() -> None:
    space = make_space(make_cast().center, name='"多功能厅"')
    html = Client().get(reverse("bookings:space_detail", args=[space.pk])).content.decode()
    preview = properties(html)
    assert preview["og:type"] == "website"
    assert preview["og:site_name"] == "平湖党群"
    assert preview["og:title"] == f"&quot;多功能厅&quot; · {space.center.name}"
    assert preview["og:image"] == "http://testserver/static/img/share.png"
    assert f"<title>{preview['og:title']} · " in html


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_link_says_when_and_where(clock: TestClock, language: str) -> None:
    cast = make_cast()
    Center.objects.filter(pk=cast.center.pk).update(phone="0573-00000001", address='演示路"1"号')
    space = make_space(cast.center, capacity=30)
    activity = make_activity(cast.center, title="读书会")
    said = {
        url: properties(Client().get(url, headers={"Accept-Language": language}).content.decode())["og:description"]
        for url in (
            reverse("pages:center_detail", args=[cast.center.code]),
            space.get_absolute_url(),
            activity.get_absolute_url(),
        )
    }
    of_center, of_space, of_activity = said.values()
    assert "0573-00000001" in of_center and "演示路&quot;1&quot;号" in of_center
    assert "30" in of_space and "14:00–16:00" in of_activity
    assert not [words for words in said.values() if "<" in words or "\n" in words]


@pytest.mark.django_db
def test_every_page_has_an_icon_for_the_home_screen() -> None:
    assert (
        '<link rel="apple-touch-icon" href="/static/img/touch-icon.png">'
        in Client().get(reverse("pages:about")).content.decode()
    )


@pytest.mark.parametrize(("name", "size"), [("touch-icon.png", (180, 180)), ("share.png", (1200, 630))])
def test_the_pictures_have_the_sizes_that_are_asked_for(name: str, size: tuple[int, int]) -> None:
    picture = (IMAGES / name).read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert struct.unpack_from(">II", picture, 16) == size
    assert len(picture) <= MOST_BYTES

"""The network from above: figures counted as the lists they lead to, gaps, the list of centers, its sheets."""

import csv
import datetime as dt
import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from activities.models import Activity
from bookings.choices import HOLDING, ConfirmMode, Status
from bookings.models import Booking, BookingPolicy
from centers.domain import hours
from centers.models import Center, CenterAncestor, CenterRole, WeeklyHours
from common import clock as product_clock
from pages.selectors.network import PartRow
from tests.factories.activities import make_activity
from tests.factories.bookings import TODAY, TOMORROW, book, make_booker, make_policy, make_space, open_daily
from tests.support.cast import Cast, make_cast
from tests.support.queries import assert_constant_queries
from tests.support.time import TestClock

OVERVIEW, CENTERS = reverse("pages:network_overview"), reverse("pages:network_centers")
FIGURES = ("open_now", "bookings", "in_use", "activities", "overdue", "unrecorded")


@pytest.fixture
def cast(db: None, clock: TestClock) -> Cast:
    cast = make_cast()
    open_daily(cast.city, 6)
    open_daily(cast.other_town, 20)
    make_policy(cast.city, turnaround_minutes=0, quota_count=100)
    return cast


@pytest.fixture
def busy(cast: Cast, clock: TestClock) -> Cast:
    """Something of each kind at several centers."""
    clock.move_to(clock.now - dt.timedelta(days=4, hours=4))
    numbers = iter(range(1, 100))
    for place in (cast.city, cast.town, cast.center, cast.center, cast.sibling, cast.other_town):
        n = next(numbers)
        space = make_space(place, f"场所{n}")
        hall = make_space(place, f"大厅{n}")
        make_policy(hall, confirm_mode=ConfirmMode.STAFF, decide_workdays=1)
        if place != cast.other_town:
            book(make_booker(n), space, 9, 11, day=TODAY)
            book(make_booker(20 + n), space, 14, 15, day=TODAY)
            book(make_booker(40 + n), hall, 14, 15, day=dt.date(2026, 11, 27))
        make_activity(place, 9, 10, day=dt.date(2026, 11, 23))
        make_activity(place, 15, 16, day=TODAY)
        make_activity(place, 15, 16, day=TOMORROW)
        make_activity(place, 15, 16, day=TODAY, state="draft")
    clock.move_to(dt.datetime(2026, 11, 24, 10, 5, tzinfo=product_clock.SHANGHAI))
    return cast


def client_of(cast: Cast, role: str) -> Client:
    client = Client()
    client.cookies["django_language"] = "en"
    client.force_login(cast[role])
    return client


def recount(center: Center, *, alone: bool) -> list[int]:
    """The figures of a part, one center after the other."""
    now = product_clock.now()
    day = [product_clock.midnight(TODAY), product_clock.midnight(TOMORROW)]
    below = CenterAncestor.objects.on(TODAY).filter(ancestor=center).values_list("center", flat=True)
    found = [0] * 6
    for pk in [center.pk] if alone else below:
        bookings, activities = Booking.objects.filter(space__center=pk), Activity.objects.filter(center=pk)
        found[0] += hours.open_state([pk])[pk].is_open
        found[1] += sum(b.status in HOLDING and b.starts_at < day[1] and b.ends_at > day[0] for b in bookings)
        found[2] += sum(b.status == Status.APPROVED and b.starts_at <= now < b.ends_at for b in bookings)
        on = [a for a in activities if a.starts_at < day[1] and a.ends_at > day[0]]
        found[3] += sum(a.state not in ("draft", "cancelled") for a in on)
        found[4] += sum(b.is_undecided and b.decide_by is not None and b.decide_by <= now for b in bookings)
        found[5] += sum(a.is_unrecorded for a in activities)
    return found


def numbers(row: PartRow) -> list[int]:
    return [getattr(row, name).n for name in FIGURES]


@pytest.mark.parametrize("role", ["city_admin", "town_admin"])
def test_each_figure_is_that_of_a_recount_and_they_add_up(busy: Cast, role: str) -> None:
    network = client_of(busy, role).get(reverse("pages:workbench")).context["network"]
    for row in network["rows"]:
        if any(numbers(row)[1:]):
            assert numbers(row) == recount(row.part.center, alone=row.part.alone), row.part.center
    top = network["network_center"]
    assert numbers(network["total"]) == recount(top, alone=False)
    assert all(numbers(network["total"])), "something of each kind, or this would show nothing"
    assert network["total"].open_now.of == Center.objects.public().under([top.pk], TODAY).count()


def test_each_figure_leads_to_the_list_it_was_counted_from(busy: Cast) -> None:
    client = client_of(busy, "city_admin")
    network = client.get(OVERVIEW).context["network"]
    for row in [*network["rows"][:3], network["total"]]:
        for name in FIGURES:
            figure = getattr(row, name)
            assert client.get(figure.url).context["page"].paginator.count == figure.n, (name, figure.url)
    for gap in network["gaps"]:
        assert client.get(gap.url).context["page"].paginator.count == gap.n, gap.url


def test_a_center_can_be_called_from_its_page_and_its_rooms(cast: Cast) -> None:
    space = make_space(cast.center)
    urls = (reverse("pages:center_detail", args=[cast.center.code]), space.get_absolute_url())
    assert not any("tel:" in Client().get(url).content.decode() for url in urls)
    Center.objects.filter(pk=cast.center.pk).update(phone="0573-00000001", address="演示路1号")
    for url in urls:
        page = Client().get(url).content.decode()
        assert 'href="tel:0573-00000001"' in page and "演示路1号" in page


def test_the_sentence_says_the_figures_and_nothing_else(busy: Cast) -> None:
    page = client_of(busy, "town_admin").get(OVERVIEW)
    network = page.context["network"]
    words = [phrase.words for phrase in network["sentence"]]
    total = network["total"]
    assert words == [
        f"{total.open_now.n} open now",
        f"{total.bookings.n} bookings today",
        f"{total.in_use.n} in use now",
        f"{total.activities.n} activities today",
        f"{total.overdue.n} answers overdue",
        f"{total.unrecorded.n} activities to record",
    ]


def test_a_village_sees_itself_and_a_town_never_its_neighbour(busy: Cast) -> None:
    def seen(role: str, **query: str) -> set[str]:
        client = client_of(busy, role)
        rows = client.get(OVERVIEW, query).context["network"]["rows"]
        listed = client.get(CENTERS, query).context["rows"]
        return {row.part.center.code for row in rows} | {row.center.code for row in listed}

    village, sibling, other = busy.center.code, busy.sibling.code, busy.other_town.code
    assert seen("staff") == seen("staff", center=sibling) == {village}
    assert other not in seen("town_admin") and other not in seen("town_admin", center=other)
    assert {village, sibling} <= seen("town_admin")
    assert other in seen("city_admin")


def test_the_workbench_of_who_works_above_begins_with_the_network(busy: Cast) -> None:
    page = client_of(busy, "town_admin").get(reverse("pages:workbench")).content.decode()
    assert page.index("network-sentence") < page.index('id="parts"') < page.index('id="requests"')
    village = client_of(busy, "town_admin").get(reverse("pages:workbench"), {"center": busy.center.code})
    assert village.context["network"] is None


def missing(client: Client, name: str) -> set[str]:
    return {row.center.code for row in client.get(CENTERS, {"missing": name}).context["rows"]}


def test_what_is_missing_is_found_where_it_is_missing(cast: Cast) -> None:
    client, code = client_of(cast, "town_admin"), cast.center.code
    make_activity(cast.sibling, 9, 10, day=dt.date(2026, 11, 23))
    assert all(code in missing(client, gap) for gap in ("phone", "address", "hours", "rooms", "rules"))
    assert code not in missing(client, "staff") and missing(client, "unrecorded") == {cast.sibling.code}
    Center.objects.filter(pk=cast.center.pk).update(phone="0573-00000001", address="演示路1号")
    make_space(cast.center)
    BookingPolicy.objects.create(center=cast.center, notice_workdays=1)
    WeeklyHours.objects.create(center=cast.center, day_kind="mon", opens=dt.time(9), closes=dt.time(10))
    CenterRole.objects.filter(center=cast.center).delete()
    assert not any(code in missing(client, gap) for gap in ("phone", "address", "hours", "rooms", "rules"))
    assert code in missing(client, "staff")


@pytest.mark.parametrize("sort", ["", "order", "-order", "staff", "-staff", "-rooms", "pending", "-overdue"])
def test_the_list_stands_in_the_order_asked_for(busy: Cast, sort: str) -> None:
    rows = client_of(busy, "town_admin").get(CENTERS, {"sort": sort}).context["rows"]
    values = [getattr(row.center, sort.removeprefix("-") or "order") for row in rows]
    assert values == sorted(values, reverse=sort.startswith("-"))


@pytest.mark.parametrize(
    "query",
    [
        {"sort": "password"},
        {"sort": "-"},
        {"missing": "everything"},
        {"q": "\x00"},
        {"q": "'%_" * 30},
        {"page": "many"},
        {"center": "nowhere"},
        {"open": "perhaps"},
    ],
)
def test_what_makes_no_sense_narrows_nothing_and_breaks_nothing(cast: Cast, query: dict[str, Any]) -> None:
    client = client_of(cast, "town_admin")
    for url in (CENTERS, OVERVIEW, reverse("pages:network_csv"), reverse("pages:network_xlsx")):
        assert client.get(url, query).status_code == 200, url


def test_a_name_is_looked_for(cast: Cast) -> None:
    rows = client_of(cast, "city_admin").get(CENTERS, {"q": cast.center.short_name}).context["rows"]
    assert [row.center for row in rows] == [cast.center]


def test_the_sheets_hold_the_list_as_it_is_filtered_and_text_stays_text(busy: Cast) -> None:
    Center.objects.filter(pk=busy.center.pk).update(address='=HYPERLINK("http://x")', phone="+86 573")
    client = client_of(busy, "town_admin")
    query = {"q": busy.center.short_name}
    answer = client.get(reverse("pages:network_csv"), query)
    head, row = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(head) == len(row) and row[0] == busy.center.code
    assert {'\'=HYPERLINK("http://x")', "'+86 573"} <= set(row)
    assert f'filename="centers-{busy.town.code}-2026-11-24.csv"' in answer["Content-Disposition"]

    sheet = load_workbook(io.BytesIO(client.get(reverse("pages:network_xlsx")).content)).active
    assert sheet is not None
    cells = {row[0].value: row for row in sheet.iter_rows(min_row=2)}
    assert set(cells) == {center.code for center in Center.objects.public().under([busy.town.pk], TODAY)}
    assert cells[busy.center.code][6].data_type == "s"
    assert [cell.value for cell in cells[busy.center.code][8:]] == [4, "no", 2, 2, 2, 2]


@pytest.mark.parametrize("url", [OVERVIEW, CENTERS, reverse("pages:network_csv"), reverse("pages:workbench")])
def test_the_queries_dont_grow_with_the_network_nor_with_what_happens_in_it(cast: Cast, url: str) -> None:
    client, ids = client_of(cast, "city_admin"), iter(range(1000))

    def grow(count: int) -> None:
        for _ in range(count):
            n = next(ids)
            book(make_booker(300 + n), make_space(cast.center, f"场所{n}"), 14, 15, day=TODAY)
            make_activity(cast.center, 9, 10, day=dt.date(2026, 11, 23))

    assert_constant_queries(grow, lambda: client.get(url))


def test_the_page_of_a_part_asks_as_much_of_one_center_as_of_the_whole_city(busy: Cast, clock: TestClock) -> None:
    counts = []
    for role in ("town_admin", "other_town_admin"):
        client = client_of(busy, role)
        client.get(OVERVIEW)
        with CaptureQueriesContext(connection) as asked:
            client.get(OVERVIEW)
        counts.append(len(asked))
    assert counts[0] == counts[1]

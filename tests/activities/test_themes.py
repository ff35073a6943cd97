"""Themes and campaigns: what the product ships, the calendar of a year, the filters, and who sets them up."""

import datetime as dt
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from accounts.models import User
from activities import exceptions as refused
from activities.forms.plans import PlanForm
from activities.models import Campaign, Theme
from activities.selectors.themes import theme_spans
from activities.services.themes import add_shipped_themes, save_campaign, save_theme
from activities.values.theme_days import DaySpan, is_day_of_year, spans_from, yearly_span
from centers.choices import Role
from centers.models import Center
from tests.factories.activities import make_activity
from tests.factories.centers import grant
from tests.support.queries import assert_constant_queries
from tests.support.time import TestClock

DATA = Path(settings.BASE_DIR) / "data"
YEARS = range(2025, 2031)


@pytest.fixture
def shipped(village: Center) -> None:
    add_shipped_themes(DATA)


@pytest.fixture
def city_admin(village: Center) -> User:
    user = User.objects.create(username="city-admin")
    grant(user, Center.objects.get(code="330482"), Role.ADMIN)
    return user


@pytest.mark.parametrize(
    ("key", "year", "days"),
    [
        ("lei-feng", 2026, [("2026-03-05", "2026-03-05")]),
        ("lei-feng", 2035, [("2035-03-05", "2035-03-05")]),
        ("spring-festival", 2026, [("2026-02-17", "2026-03-03")]),
        ("double-ninth", 2026, [("2026-10-18", "2026-10-18")]),
        ("double-ninth", 2027, [("2027-10-08", "2027-10-08")]),
        ("qingming", 2028, [("2028-04-04", "2028-04-04")]),
        ("double-ninth", 2035, []),
        ("party-day", 2026, []),
    ],
)
def test_the_days_of_a_theme(shipped: None, key: str, year: int, days: list[tuple[str, str]]) -> None:
    spans = theme_spans(Theme.objects.get(key=key), year)
    assert [(f"{span.first}", f"{span.last}") for span in spans] == days


def test_every_lunar_festival_has_its_days_for_the_years_to_come(shipped: None) -> None:
    lunar = [theme for theme in Theme.objects.all() if not theme.yearly_from and theme.days.exists()]
    assert len(lunar) == 5
    assert all(len(theme_spans(theme, year)) == 1 for theme in lunar for year in YEARS)


def test_shipped_once_and_then_peoples_own(village: Center) -> None:
    Theme.objects.create(name="重阳")
    call_command("import_themes", verbosity=0)
    assert Theme.objects.filter(name="重阳").get().key == "double-ninth"
    Theme.objects.filter(key="lei-feng").update(name="学雷锋月")
    count = Theme.objects.count()
    assert add_shipped_themes(DATA) == (0, 0)
    assert Theme.objects.count() == count
    assert Theme.objects.get(key="lei-feng").name == "学雷锋月"
    assert [campaign.name for campaign in Campaign.objects.all()] == ["六个一百进党群", "百个项目进党群"]


def test_a_leap_day_is_the_28th_in_a_common_year() -> None:
    assert yearly_span("02-29", "", 2028).first == dt.date(2028, 2, 29)
    assert yearly_span("02-29", "03-02", 2029) == DaySpan(dt.date(2029, 2, 28), dt.date(2029, 3, 2))
    assert is_day_of_year("02-29") and not is_day_of_year("02-30") and not is_day_of_year("3-5")


def test_lines_of_days() -> None:
    assert spans_from("2027-10-08\n\n 2027-02-06  2027-02-20 \n") == [
        DaySpan(dt.date(2027, 10, 8), dt.date(2027, 10, 8)),
        DaySpan(dt.date(2027, 2, 6), dt.date(2027, 2, 20)),
    ]
    for nonsense in ("x", "2027-02-20 2027-02-06", "2027-02-01 2027-02-02 2027-02-03", "2027-02-30"):
        with pytest.raises(ValueError, match=r"2027|isoformat|range"):
            spans_from(nonsense)


def test_the_calendar_counts_the_year_and_shows_the_next(shipped: None, village: Center, client: Client) -> None:
    name = "国家宪法日"
    for month, day in ((3, 1), (12, 1), (12, 2), (12, 3), (12, 4)):
        make_activity(village, day=dt.date(2026, month, day), theme=name, title=f"学法{day:02}")
    make_activity(village, day=dt.date(2027, 1, 3), theme=name)
    make_activity(village, day=dt.date(2026, 12, 5), theme=name, state="draft")
    found = client.get(reverse("activities:theme_list")).context
    december = found["months"][-1]
    [entry] = [entry for entry in december.entries if entry.theme.name == name]
    assert (entry.when, entry.count, [row.activity.title for row in entry.coming]) == (
        "12月4日", 5, ["学法01", "学法02", "学法03"],
    )  # fmt: skip
    listed = client.get(entry.list_url)
    assert "学法01" in listed.content.decode()
    assert [month.first.month for month in found["months"]] == sorted(month.first.month for month in found["months"])
    assert client.get(f"{reverse('activities:theme_list')}?year=nonsense").context["year"] == 2026


def test_the_calendar_asks_as_often_for_many_as_for_two(village: Center, client: Client) -> None:
    numbers = iter(range(1, 100))

    def grow(count: int) -> None:
        for _ in range(count):
            number = next(numbers)
            theme = save_theme(actor=None, name=f"主题{number}", yearly_from="12-05")
            make_activity(village, day=dt.date(2026, 12, 5), theme=theme.name)

    assert_constant_queries(grow, lambda: client.get(reverse("activities:theme_list")))


def test_the_list_and_the_api_filter_by_theme_and_campaign(shipped: None, village: Center, client: Client) -> None:
    make_activity(village, title="写福字", theme="新春", campaign="百个项目进党群")
    make_activity(village, title="读书会")
    theme, campaign = Theme.objects.get(name="新春"), Campaign.objects.get(name="百个项目进党群")
    for query in (f"theme={theme.pk}", f"campaign={campaign.pk}"):
        page = client.get(f"{reverse('activities:activity_list')}?reach=everywhere&{query}").content.decode()
        assert "写福字" in page and "读书会" not in page
        found = client.get(f"/api/v1/activities/?{query}").json()["results"]
        assert [(one["title"], one["theme"], one["campaign_id"]) for one in found] == [("写福字", "新春", campaign.pk)]
    assert client.get(f"{reverse('activities:activity_list')}?theme=nonsense").status_code == 200
    everything = client.get("/api/v1/activities/").json()["results"]
    assert {one["title"]: one["theme"] for one in everything} == {"写福字": "新春", "读书会": ""}


def test_the_city_sets_them_up(city_admin: User, client: Client, clock: TestClock) -> None:
    client.force_login(city_admin)
    sent = {"name": "腊八", "days": "2027-01-15", "is_active": "on"}
    assert client.post(reverse("activities:theme_create"), sent).status_code == 302
    again = client.post(reverse("activities:theme_create"), sent)
    assert again.status_code == 409 and "同名" in again.content.decode()
    theme = Theme.objects.get(name="腊八")
    address = reverse("activities:theme_edit", args=[theme.pk])
    version = client.get(address).context["form"]["version"].value()
    changed = {**sent, "version": version, "days": "2027-01-15\n2028-01-05"}
    assert client.post(address, changed).status_code == 302
    assert [f"{row.first}" for row in theme.days.all()] == ["2027-01-15", "2028-01-05"]
    for wrong in ({"yearly_from": "13-01"}, {"yearly_from": "02-30"}, {"days": "x"}, {"name": ""}):
        assert client.post(reverse("activities:theme_create"), {**sent, "name": "新", **wrong}).status_code == 422
    reversed_days = {"name": "倒", "yearly_from": "03-05", "yearly_until": "03-01"}
    assert client.post(reverse("activities:theme_create"), reversed_days).status_code == 400
    campaign = {"name": "演示专项", "first": "2026-12-01", "last": "2026-11-01"}
    assert client.post(reverse("activities:campaign_create"), campaign).status_code == 400
    assert client.post(reverse("activities:campaign_create"), {"name": "演示专项"}).status_code == 302


def test_nobody_else_does(staff: User, resident: User, village: Center) -> None:
    manager = User.objects.create(username="town")
    grant(manager, Center.objects.get(code="330482001"), Role.ADMIN)
    for actor in (staff, resident, manager):
        with pytest.raises(refused.ActivityNotAllowed):
            save_theme(actor=actor, name="x")
        with pytest.raises(refused.ActivityNotAllowed):
            save_campaign(actor=actor, name="x")


def test_what_is_over_can_t_be_chosen_and_stays_where_it_is(shipped: None, village: Center) -> None:
    activity = make_activity(village, theme="重阳", campaign="百个项目进党群")
    save_theme(actor=None, theme=activity.theme, name="重阳", is_active=False)
    yesterday = dt.date(2026, 11, 23)
    save_campaign(actor=None, campaign=activity.campaign, name="百个项目进党群", last=yesterday)
    fresh, kept = PlanForm(), PlanForm(initial=PlanForm.initial_of(activity))
    for name, tag in (("theme", activity.theme), ("campaign", activity.campaign)):
        assert tag not in fresh.fields[name].queryset  # type: ignore[attr-defined]
        assert tag in kept.fields[name].queryset  # type: ignore[attr-defined]

"""What a ledger holds, and what it doesn't: names of adults, no numbers, of minors the surname alone."""

import datetime as dt
import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from activities.models import Activity, GroupNames, WalkIn
from activities.services import check_in as door
from activities.services.activities import create_activity
from activities.services.participants import change_person
from activities.values.people import Person
from centers.models import Center
from common import clock as portal_clock
from common.months import Month
from ledger.domain.documents import activity_document, stamp_of
from ledger.selectors.ledgers import facts_of, ledger_of, ledgers_of_month, of_month, with_facts
from ledger.values.facts import checksum_of
from ledger.values.minors import veiled
from tests.factories.activities import join, make_activity, make_participant, make_plan
from tests.factories.ledger import count_branch, join_person, make_recorded
from tests.factories.organizations import make_organization
from tests.support.queries import assert_constant_queries
from tests.support.time import TestClock

NOVEMBER = Month(dt.date(2026, 11, 1))


def test_a_ledger_holds_plan_notice_sign_in_record_and_corrections(
    village: Center, staff: User, clock: TestClock
) -> None:
    facts = ledger_of(make_recorded(village, staff, clock))
    assert (facts.title, facts.notice, facts.note) == ("新春送福", "请自带水杯。", "送出春联六十副")
    assert [arrival.name for arrival in facts.arrivals] == [f"演示居民{User.objects.get(username='resident-1').pk}"]
    [group] = facts.groups
    assert (group.organization, group.count, group.names) == ("演示第一党支部", 3, ("演示党员01",))
    assert (facts.walked_in, facts.at_door, facts.attendance) == (2, 6, 9)
    [correction] = facts.corrections
    assert (correction.reason, correction.changes) == ("漏数一人", (("attendance", 8, 9),))
    assert facts.missing == ()


def test_what_was_published_is_its_own_notice(village: Center, staff: User, client: Client, clock: TestClock) -> None:
    """Made of a booking in two taps, it has no text; its page told everybody."""
    published = create_activity(actor=staff, center=village, plan=make_plan(), publish=True)
    unlisted = create_activity(actor=staff, center=village, plan=make_plan(is_listed=False), publish=True)
    draft = create_activity(actor=staff, center=village, plan=make_plan())
    lacking = {one: "notice" in ledger_of(one).missing for one in (published, unlisted, draft)}
    assert list(lacking.values()) == [False, True, True]
    facts = ledger_of(published)
    assert facts.published_at == portal_clock.now()
    document = activity_document(facts, stamp={"stamp": "", "checksum": ""}, images={})
    [notice] = [section for section in document["entries"][0]["sections"] if section["heading"] == "活动通知"]
    assert notice["text"] == "11月24日 周二 10:05 发布"
    clock.move_to(published.ends_at)
    page = client.get(reverse("ledger:ledger_detail", args=[published.reference])).content.decode()
    assert f'href="{published.get_absolute_url()}"' in page and "没有通知" not in page and "缺通知" not in page


def test_numbers_and_birthdays_are_nowhere_in_it_and_minors_are_veiled(
    village: Center, staff: User, clock: TestClock
) -> None:
    activity = make_recorded(village, staff, clock, child=True)
    facts = ledger_of(activity)
    assert {arrival.name for arrival in facts.arrivals} >= {"张某"}
    document = activity_document(facts, stamp={"stamp": "", "checksum": ""}, images={})
    told = json.dumps(document, ensure_ascii=False)
    assert "张小明" not in told
    phone = User.objects.get(username="resident-1").phone
    assert phone and phone not in told and phone[-4:] not in told


@pytest.mark.parametrize(
    ("born", "told"), [(dt.date(2008, 12, 1), "李某"), (dt.date(2008, 11, 30), "李雷"), (None, "李雷")]
)
def test_under_age_is_who_was_so_on_the_day(
    village: Center, staff: User, clock: TestClock, born: dt.date | None, told: str
) -> None:
    """The activity is on 30 November 2026: who turns eighteen on the day after was a minor."""
    activity = make_activity(village)
    account = join(activity, 1).participant.account
    person = make_participant(account, "李雷", relation="other", born=born)
    code = join_person(activity, person)
    clock.move_to(activity.starts_at)
    door.check_in(actor=staff, activity=activity, code=code)
    assert [arrival.name for arrival in ledger_of(activity).arrivals] == [told]


@pytest.mark.parametrize(
    ("then", "now", "told"),
    [
        (("child", None), ("other", None), "李某"),
        (("other", None), ("child", None), "李某"),
        (("other", dt.date(2010, 1, 1)), ("other", None), "李某"),
        (("child", None), ("other", dt.date(1990, 1, 1)), "李雷"),
        (("other", None), ("other", dt.date(2010, 1, 1)), "李某"),
        (("other", None), ("other", None), "李雷"),
    ],
    ids=["a child no more", "a child by now", "a birthday taken out", "grown up, as it shows", "a minor", "grown up"],
)
def test_what_is_said_later_lifts_no_veil(
    village: Center,
    staff: User,
    clock: TestClock,
    then: tuple[str, dt.date | None],
    now: tuple[str, dt.date | None],
    told: str,
) -> None:
    activity = make_activity(village)
    account = join(activity, 1).participant.account
    person = make_participant(account, "李雷", relation=then[0], born=then[1])
    code = join_person(activity, person)
    clock.move_to(activity.starts_at)
    door.check_in(actor=staff, activity=activity, code=code)
    clock.move_to(activity.ends_at)
    change_person(actor=account, participant=person, person=Person("李雷", *now))
    assert [arrival.name for arrival in ledger_of(activity).arrivals] == [told]


@pytest.mark.parametrize(
    ("name", "shown"), [("张小明", "张某"), ("欧阳小明", "欧阳某"), ("𠮷野", "𠮷某"), ("—", "—某")]
)
def test_of_a_minor_the_surname_is_told(name: str, shown: str) -> None:
    assert veiled(name) == shown


def test_what_was_taken_back_is_not_told_and_its_names_are_gone(village: Center, staff: User, clock: TestClock) -> None:
    activity = make_activity(village)
    clock.move_to(activity.starts_at)
    counted = count_branch(staff, activity, make_organization(village), "演示党员01")
    door.undo_walk_ins(actor=staff, activity=activity, counted=counted.pk)
    assert ledger_of(activity).groups == ()
    assert not GroupNames.objects.exists()
    assert sum(WalkIn.objects.values_list("count", flat=True)) == 0


def test_the_same_facts_have_the_same_checksum_and_a_correction_another(
    village: Center, staff: User, clock: TestClock
) -> None:
    activity = make_recorded(village, staff, clock)
    first, again = checksum_of([ledger_of(activity)]), checksum_of([ledger_of(activity)])
    assert first == again and len(first) == 64
    Activity.objects.filter(pk=activity.pk).update(title="新春送福二")
    assert checksum_of([ledger_of(activity)]) != first


def test_the_checksum_is_that_of_the_content_in_any_language(
    village: Center, staff: User, clock: TestClock, settings: Any
) -> None:
    from django.utils import translation

    activity = make_recorded(village, staff, clock)
    sums = set()
    for language in ("zh-hans", "en"):
        with translation.override(language):
            sums.add(checksum_of([ledger_of(activity)]))
    assert len(sums) == 1


def test_the_stamp_says_scope_moment_person_and_checksum(clock: TestClock) -> None:
    from ledger.choices import ExportKind

    stamp = stamp_of(ExportKind.MONTH, "水洞埭 2026-11", portal_clock.now(), "演示站长01", "ab" * 32)
    assert "水洞埭 2026-11" in stamp["stamp"]
    assert "2026-11-24 10:05" in stamp["stamp"]
    assert "演示站长01" in stamp["stamp"]
    assert "ab" * 32 in stamp["checksum"]


def test_an_activity_belongs_to_the_month_in_which_it_ends_in_shanghai(village: Center, clock: TestClock) -> None:
    """Ten past midnight of the first is the new month, whatever the date in UTC."""
    last = dt.date(2026, 10, 31)
    inside = make_activity(village, 20, 23.99, day=last, title="十月")
    over = make_activity(village, 22, 24 + 1 / 6, day=last, title="十一月")
    assert [one.pk for one in of_month(village, NOVEMBER)] == [over.pk]
    assert [one.pk for one in of_month(village, NOVEMBER.before)] == [inside.pk]


@pytest.mark.parametrize("state", ["draft", "cancelled"])
def test_what_was_never_held_has_no_ledger(village: Center, clock: TestClock, state: str) -> None:
    make_activity(village, day=dt.date(2026, 11, 2), state=state)
    assert ledgers_of_month(village, NOVEMBER) == []


def test_a_month_costs_the_same_number_of_queries(village: Center, staff: User, clock: TestClock) -> None:
    branch = make_organization(village)

    def grow(count: int) -> None:
        for _ in range(count):
            theme = f"主题{Activity.objects.count()}"
            activity = make_activity(village, day=dt.date(2026, 11, 24), start=9, end=10, theme=theme)
            count_branch(staff, activity, branch, "演示党员01")
            make_participant(None, f"演示老人{activity.pk}", center=village)

    def ask() -> None:
        for activity in with_facts(of_month(village, NOVEMBER)):
            facts_of(activity)

    assert_constant_queries(grow, ask)


def test_theme_and_campaign_are_told_by_their_names(village: Center, staff: User) -> None:
    facts = ledger_of(make_activity(village, theme="重阳", campaign="百个项目进党群"))
    assert (facts.theme, facts.campaign) == ("重阳", "百个项目进党群")
    assert checksum_of([facts])

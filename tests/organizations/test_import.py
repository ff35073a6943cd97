"""Import of a sheet: a verdict a row in words, then all of it or nothing."""

from collections.abc import Sequence
from typing import Any

import pytest
from django.db import transaction

from organizations import exceptions as refused
from organizations.choices import FieldOfWork, OrganizationType
from organizations.domain.import_verdicts import Outcome, Verdict
from organizations.models import Liaison, Organization
from organizations.services.imports import ImportReport, import_organizations, try_import
from organizations.services.organizations import dissolve_organization, move_organization
from tests.factories.organizations import day, make_liaison, make_organization, rows_of, sheet_row
from tests.support.cast import EVERYBODY, Cast
from tests.support.queries import assert_constant_queries

PHONE = "19900000006"


def tried(cast: Cast, *rows: Sequence[Any], center: str = "town") -> list[Verdict]:
    return try_import(actor=None, center=getattr(cast, center), rows=rows_of(*rows))


def verdict_of(cast: Cast, row: Sequence[Any], center: str = "town") -> tuple[Outcome, list[str]]:
    [verdict] = tried(cast, row, center=center)
    return verdict.outcome, verdict.notes


def written(cast: Cast, *rows: Sequence[Any], center: str = "town", **choices: bool) -> ImportReport:
    return import_organizations(actor=None, center=getattr(cast, center), rows=rows_of(*rows), **choices)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (sheet_row(name=""), "缺少名称。"),
        (sheet_row(type=""), "缺少类型。"),
        (sheet_row(type="俱乐部"), "“俱乐部”不在可选范围内：党委，党总支，党支部，群团组织，共建单位。"),
        (sheet_row(领域="海上"), "“海上”不在可选范围内：农村，社区，机关，学校，企业，社会组织，其他。"),
        (sheet_row(成立日期="2026.9.31"), "没有“2026.9.31”这一天。"),
        (sheet_row(成立日期="去年"), "“去年”不是日期，请写成2026-09-03这样。"),
        (sheet_row(成立日期="26/9/3"), "“26/9/3”不是日期，请写成2026-09-03这样。"),
        (sheet_row(成立日期="1021-7-1"), "“1021-7-1”离今天太远。"),
        (sheet_row(联系人="演示联络员01", 手机="1390000"), "手机号不正确：应为11位数字，以13至19开头。"),
        (sheet_row(手机=PHONE), "填了手机号，但没有联系人。"),
        (sheet_row(name="演" * 81), "“名称”太长，最多80个字。"),
        (sheet_row(联系人="演" * 41), "“联系人”太长，最多40个字。"),
        (sheet_row(所属中心="海底社区"), "本中心及下级中没有“海底社区”。"),
        (sheet_row(上级党组织="演示没有的党委"), "没有名为“演示没有的党委”的党组织。"),
    ],
)
def test_a_bad_row_says_what_is_wrong(cast: Cast, row: Sequence[Any], words: str) -> None:
    assert verdict_of(cast, row) == (Outcome.FAULTY, [words])


def test_all_that_is_wrong_with_a_row_is_said_at_once(cast: Cast) -> None:
    _outcome, notes = verdict_of(cast, sheet_row(name="", type="俱乐部", 成立日期="去年", 手机="12"))
    assert len(notes) == 4


def test_a_new_row_is_written_with_all_it_says(cast: Cast) -> None:
    parent = make_organization(cast.town, "演示党委", type="committee")
    row = sheet_row(
        领域="农村",
        所属中心=cast.center.code,
        上级党组织="演示党委",
        成立日期="2021.7.1",
        联系人="演示联络员01",
        手机=PHONE,
    )
    assert verdict_of(cast, row) == (Outcome.NEW, [])
    assert not Organization.objects.exclude(pk=parent.pk).exists(), "a dry run writes nothing"
    assert written(cast, row) == ImportReport(created=1)
    made = Organization.objects.get(name="演示第一党支部")
    assert (made.type, made.field_of_work, made.parent, made.founded_on, made.center) == (
        OrganizationType.BRANCH,
        FieldOfWork.RURAL,
        parent,
        day("2021-07-01"),
        cast.center,
    )
    assert made.name_en == "Yanshi No. 1 Party Branch"
    assert Liaison.objects.values_list("organization", "name", "phone").get() == (made.pk, "演示联络员01", PHONE)
    assert made.events.count() == 1  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["code", "name", "short_name", "official_name"])
def test_a_center_is_found_by_code_or_any_of_its_names(cast: Cast, name: str) -> None:
    [verdict] = tried(cast, sheet_row(所属中心=getattr(cast.center, name)))
    assert (verdict.outcome, verdict.center) == (Outcome.NEW, cast.center)


def test_a_center_beside_or_above_is_out_of_reach(cast: Cast) -> None:
    for center in (cast.other_town, cast.city):
        outcome, _notes = verdict_of(cast, sheet_row(所属中心=center.code))
        assert outcome == Outcome.FAULTY
    [own] = tried(cast, sheet_row())
    assert own.center == cast.town


def test_two_centers_of_one_name_are_told_apart_by_code(cast: Cast) -> None:
    cast.sibling.__class__.objects.filter(pk=cast.sibling.pk).update(official_name=cast.center.official_name)
    words = cast.center.official_name
    assert verdict_of(cast, sheet_row(所属中心=words)) == (
        Outcome.FAULTY,
        [f"名为“{words}”的中心不止一个，请填写编码。"],
    )


def test_the_same_file_twice_is_all_known(cast: Cast) -> None:
    rows = [
        sheet_row("演示党委", "党委", 成立日期="2001-1-1"),
        sheet_row(
            "演示第一党支部", 上级党组织="演示党委", 所属中心=cast.center.code, 联系人="演示联络员01", 手机=PHONE
        ),
        sheet_row("演示妇联", "群团组织", 所属中心=cast.sibling.code),
    ]
    assert written(cast, *rows) == ImportReport(created=3)
    assert [verdict.outcome for verdict in tried(cast, *rows)] == [Outcome.KNOWN] * 3
    with pytest.raises(refused.NothingToImport):
        written(cast, *rows, with_changes=True)
    assert Organization.objects.count() == 3


def test_parents_may_stand_anywhere_in_the_sheet(cast: Cast) -> None:
    rows = [
        sheet_row("演示支部", "党支部", 上级党组织="演示总支"),
        sheet_row("演示总支", "党总支", 上级党组织="演示党委"),
        sheet_row("演示党委", "党委"),
    ]
    assert written(cast, *rows) == ImportReport(created=3)
    branch = Organization.objects.select_related("parent__parent").get(name="演示支部")
    assert branch.parent and branch.parent.parent and branch.parent.parent.name == "演示党委"


def test_the_nearest_of_several_parents_is_meant(cast: Cast) -> None:
    make_organization(cast.other_town, "演示党委", type="committee")
    far = make_organization(cast.city, "演示党委", type="committee")
    near = make_organization(cast.town, "演示党委", type="committee")
    row = sheet_row(上级党组织="演示党委", 所属中心=cast.center.code)
    assert [verdict.parent_id for verdict in tried(cast, row)] == [near.pk]
    dissolve_organization(actor=None, organization=near, on=day("2026-11-01"))
    assert [verdict.parent_id for verdict in tried(cast, row)] == [far.pk]
    dissolve_organization(actor=None, organization=far, on=day("2026-11-01"))
    make_organization(cast.sibling, "演示党委", type="committee")
    assert verdict_of(cast, row) == (Outcome.FAULTY, ["名为“演示党委”的党组织不止一个。"])


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (
            [sheet_row("甲", "党委", 上级党组织="乙"), sheet_row("乙", "党委", 上级党组织="甲")],
            "所选的上级党组织本身在该组织之下。",
        ),
        (
            [sheet_row("甲", "党支部", 上级党组织="乙"), sheet_row("乙", "党支部")],
            "类型为“党支部”的组织不能作为“党支部”的上级。",
        ),
        ([sheet_row("甲", "党支部", 上级党组织="甲")], "没有名为“甲”的党组织。"),
    ],
)
def test_who_cannot_lead_is_said(cast: Cast, rows: list[Sequence[Any]], words: str) -> None:
    assert words in tried(cast, *rows)[0].notes


def test_who_stands_below_a_faulty_row_is_faulty(cast: Cast) -> None:
    rows = [
        sheet_row("演示支部", "党支部", 上级党组织="演示总支"),
        sheet_row("演示总支", "党总支", 上级党组织="演示党委"),
        sheet_row("演示党委", "党委", 上级党组织="没有的"),
        sheet_row("演示二支部", "党支部"),
    ]
    verdicts = tried(cast, *rows)
    assert [verdict.outcome for verdict in verdicts] == [*[Outcome.FAULTY] * 3, Outcome.NEW]
    assert verdicts[0].notes == ["上级党组织在第3行，该行有误。"]
    assert written(cast, *rows, leave_out=True) == ImportReport(created=1, left_out=3)


def test_the_second_row_about_one_is_a_fault(cast: Cast) -> None:
    rows = [sheet_row(), sheet_row(), sheet_row(所属中心=cast.center.code)]
    first, second, elsewhere = tried(cast, *rows)
    assert (first.outcome, elsewhere.outcome) == (Outcome.NEW, Outcome.NEW)
    assert (second.outcome, second.notes) == (Outcome.FAULTY, ["与第2行是同一个组织。"])


def test_with_a_fault_nothing_is_written_unless_it_is_left_out(cast: Cast) -> None:
    rows = [sheet_row("演示一"), sheet_row("演示二", type="俱乐部"), sheet_row("演示三")]
    with pytest.raises(refused.ImportHasFaults) as error:
        written(cast, *rows)
    assert str(error.value) == "1行有误。请在表中改正，或选择不导入这些行。"
    assert not Organization.objects.exists()
    assert written(cast, *rows, leave_out=True) == ImportReport(created=2, left_out=1)


def test_changes_are_told_in_words_and_written_only_if_asked(cast: Cast) -> None:
    known = make_organization(cast.town, "演示党委", type="committee", field_of_work="rural")
    make_liaison(known)
    row = sheet_row("演示党委", "党总支", 领域="社区", 成立日期="2020-1-1", 联系人="演示联络员02", 手机=PHONE)
    new = sheet_row("演示支部", 上级党组织="演示党委")
    changed, below = tried(cast, row, new)
    assert (changed.outcome, changed.notes) == (
        Outcome.CHANGED,
        [
            "类型：党委 → 党总支",
            "领域：农村 → 社区",
            "成立日期：空 → 2020-01-01",
            "联系人：演示联络员01 → 演示联络员02",
            "手机号：199****0005 → 199****0006",
        ],
    )
    assert below.outcome == Outcome.NEW
    assert written(cast, row, new) == ImportReport(created=1, known=1)
    known.refresh_from_db()
    assert (known.type, known.liaison.name) == ("committee", "演示联络员01")
    assert written(cast, row, new, with_changes=True) == ImportReport(changed=1, known=1)
    known = Organization.objects.get(pk=known.pk)
    assert (known.type, known.field_of_work, known.founded_on) == ("general_branch", "community", day("2020-01-01"))
    assert (known.liaison.name, known.liaison.phone) == ("演示联络员02", PHONE)


def test_a_blank_cell_changes_nothing_and_another_person_brings_no_old_number(cast: Cast) -> None:
    known = make_organization(cast.town, founded_on=day("2020-01-01"))
    make_liaison(known)
    assert verdict_of(cast, sheet_row()) == (Outcome.KNOWN, [])
    written(cast, sheet_row(联系人="演示联络员02"), with_changes=True)
    assert Liaison.objects.values_list("name", "phone").get() == ("演示联络员02", "")


def test_a_change_that_breaks_a_rule_is_a_fault(cast: Cast) -> None:
    parent = make_organization(cast.town, "演示总支", type="general_branch")
    make_organization(cast.town, parent=parent)
    outcome, notes = verdict_of(cast, sheet_row("演示总支", "党支部"))
    assert (outcome, notes[-1]) == (Outcome.FAULTY, "该组织之下有不能由这一类型领导的组织，请先调整它们的上级。")


def test_one_dissolved_is_no_longer_known_and_one_that_ends_must_have_begun(cast: Cast) -> None:
    gone = make_organization(cast.town)
    dissolve_organization(actor=None, organization=gone, on=day("2026-11-01"))
    assert verdict_of(cast, sheet_row())[0] == Outcome.NEW
    ending = make_organization(cast.town, "演示二支部")
    dissolve_organization(actor=None, organization=ending, on=day("2027-01-01"))
    outcome, notes = verdict_of(cast, sheet_row("演示二支部", 成立日期="2027-1-1"))
    assert (outcome, notes[-1]) == (Outcome.FAULTY, "成立日期须早于撤销日期。")


def test_where_it_is_to_move_its_name_is_taken(cast: Cast) -> None:
    one = make_organization(cast.center)
    move_organization(actor=None, organization=one, center=cast.town, on=day("2027-01-01"))
    outcome, notes = verdict_of(cast, sheet_row())
    assert (outcome, notes) == (Outcome.FAULTY, ["本中心已有同名组织。"])


@pytest.mark.parametrize("role", EVERYBODY)
def test_only_who_manages_the_center_may(cast: Cast, role: str) -> None:
    rows = rows_of(sheet_row())
    if role in ("manager", "town_admin", "city_admin"):
        assert try_import(actor=cast[role], center=cast.center, rows=rows)
        assert import_organizations(actor=cast[role], center=cast.center, rows=rows).created == 1
        return
    for act in (try_import, import_organizations):
        with pytest.raises(refused.NotAllowed):
            act(actor=cast[role], center=cast.center, rows=rows)
    assert not Organization.objects.exists()


def test_queries_do_not_grow_with_the_rows(cast: Cast) -> None:
    size = {"rows": 0}

    def grow(more: int) -> None:
        size["rows"] += more

    def ask() -> None:
        rows = [sheet_row("演示党委", "党委")]
        rows += [
            sheet_row(f"演示{n}支部", 上级党组织="演示党委", 联系人=f"演示联络员{n}", 手机=PHONE)
            for n in range(size["rows"])
        ]
        changes = [[*row[:2], "企业", *row[3:6], row[6] and f"{row[6]}号", row[7]] for row in rows]
        with transaction.atomic():
            written(cast, *rows)
            assert written(cast, *changes, with_changes=True).changed == size["rows"] + 1
            transaction.set_rollback(True)

    assert_constant_queries(grow, ask)

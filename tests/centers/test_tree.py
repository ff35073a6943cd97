"""The tree through time: moves keep history, rules hold by any path, cycles can't be."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from centers import exceptions as refused
from centers.choices import STANDARD_AREAS, CenterStatus, Role
from centers.models import Center, CenterAncestor, CenterParent, Level, LevelRule
from centers.services import tree
from common import clock
from tests.factories.centers import grant, make_tree

pytestmark = pytest.mark.django_db
JULY = dt.date(2026, 7, 1)
DAY = dt.timedelta(days=1)


def names(ids: list[int]) -> list[str]:
    by_id = Center.objects.in_bulk(ids)
    return [by_id[one].short_name for one in ids]


def settle() -> None:
    """Run the deferred checks now, as a commit would."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_lineage_goes_from_the_center_to_the_root(pinghu: dict[str, Any]) -> None:
    assert names(tree.lineage(pinghu["水洞埭社区"], JULY)) == ["水洞埭社区", "当湖街道", "平湖市"]


def test_a_move_changes_the_lineage_from_its_day_only(pinghu: dict[str, Any]) -> None:
    moved, town = pinghu["水洞埭社区"], pinghu["钟埭街道"]
    tree.move_center(actor=None, center=moved, new_parent=town, on=JULY)
    settle()
    assert names(tree.lineage(moved, JULY - DAY)) == ["水洞埭社区", "当湖街道", "平湖市"]
    assert names(tree.lineage(moved, JULY)) == ["水洞埭社区", "钟埭街道", "平湖市"]
    assert moved in Center.objects.under([pinghu["当湖街道"].pk], JULY - DAY)
    assert moved not in Center.objects.under([pinghu["当湖街道"].pk], JULY)


def test_moving_a_middle_center_takes_all_below_along(db: None) -> None:
    (_root,), (left, right), (_a, below_left, *_), leaves = make_tree(2, 2, 2, prefix="m")
    leaf = next(one for one in leaves if one.code.startswith(below_left.code))
    tree.move_center(actor=None, center=below_left, new_parent=right, on=JULY)
    assert tree.lineage(leaf, JULY)[:3] == [leaf.pk, below_left.pk, right.pk]
    assert tree.lineage(leaf, JULY - DAY)[:3] == [leaf.pk, below_left.pk, left.pk]


def test_moving_twice_keeps_every_stretch(pinghu: dict[str, Any]) -> None:
    moved = pinghu["水洞埭社区"]
    for month, town in ((3, "钟埭街道"), (6, "新埭镇")):
        tree.move_center(actor=None, center=moved, new_parent=pinghu[town], on=dt.date(2026, month, 1))
    towns = [names(tree.lineage(moved, dt.date(2026, month, 15)))[1] for month in (2, 4, 7)]
    assert towns == ["当湖街道", "钟埭街道", "新埭镇"]


@pytest.mark.parametrize(
    ("parent", "on", "error"),
    [
        ("当湖街道", JULY, refused.SameParent),
        ("花园社区", JULY, refused.LevelRuleBroken),
        ("平湖市", JULY, refused.LevelRuleBroken),
    ],
)
def test_a_move_that_breaks_a_rule_is_refused(
    pinghu: dict[str, Any], parent: str, on: dt.date, error: type[Exception]
) -> None:
    before = list(CenterAncestor.objects.order_by("id").values_list("id", flat=True))
    with pytest.raises(error):
        tree.move_center(actor=None, center=pinghu["水洞埭社区"], new_parent=pinghu[parent], on=on)
    assert list(CenterAncestor.objects.order_by("id").values_list("id", flat=True)) == before


def test_a_move_before_the_present_place_was_taken_is_refused(pinghu: dict[str, Any]) -> None:
    moved = pinghu["水洞埭社区"]
    tree.move_center(actor=None, center=moved, new_parent=pinghu["钟埭街道"], on=JULY)
    with pytest.raises(refused.MoveTooEarly):
        tree.move_center(actor=None, center=moved, new_parent=pinghu["新埭镇"], on=JULY)


def test_the_top_stands_under_nothing_and_cannot_move(pinghu: dict[str, Any]) -> None:
    with pytest.raises(refused.NothingAbove):
        tree.move_center(actor=None, center=pinghu["平湖市"], new_parent=pinghu["当湖街道"], on=JULY)


def test_only_who_administers_both_ends_may_move(pinghu: dict[str, Any], person: Any) -> None:
    town_admin, city_admin, manager = person("town"), person("city"), person("manager")
    grant(town_admin, pinghu["当湖街道"], Role.ADMIN)
    grant(city_admin, pinghu["平湖市"], Role.ADMIN)
    grant(manager, pinghu["平湖市"], Role.MANAGER)
    move = {"center": pinghu["水洞埭社区"], "new_parent": pinghu["钟埭街道"], "on": JULY}
    for actor in (town_admin, manager):
        with pytest.raises(refused.NotAllowed):
            tree.move_center(actor=actor, **move)
    assert tree.move_center(actor=city_admin, **move).parent == pinghu["钟埭街道"]


def test_the_reason_of_a_move_is_on_record(pinghu: dict[str, Any]) -> None:
    tree.move_center(actor=None, center=pinghu["水洞埭社区"], new_parent=pinghu["钟埭街道"], on=JULY, reason="区划调整")
    row = CenterParent.pgh_event_model.objects.order_by("-pgh_id").first()
    assert row.pgh_context.metadata["reason"] == "区划调整"


class TestDatabase:
    """What is refused without any service: straight inserts."""

    def test_a_parent_of_the_wrong_level(self, pinghu: dict[str, Any]) -> None:
        site = pinghu["平湖市红色物业"]
        CenterParent.objects.filter(center=site).delete()
        CenterParent.objects.create(center=pinghu["平湖市"], parent=site, valid=DateRange(JULY, None))
        with pytest.raises(IntegrityError, match="no rule lets center"):
            settle()

    def test_two_parents_at_once(self, pinghu: dict[str, Any]) -> None:
        with pytest.raises(IntegrityError, match="center_has_one_parent"):
            CenterParent.objects.create(
                center=pinghu["水洞埭社区"], parent=pinghu["新埭镇"], valid=DateRange(JULY, None)
            )

    def test_a_cycle_needs_a_rule_that_the_ranks_forbid(self, pinghu: dict[str, Any]) -> None:
        LevelRule.objects.create(parent_id="village", child_id="town")
        with pytest.raises(IntegrityError, match="can not stand above"):
            settle()

    def test_rebuild_meets_a_cycle_with_an_error_and_not_forever(self, pinghu: dict[str, Any]) -> None:
        town, village = pinghu["当湖街道"], pinghu["水洞埭社区"]

        @transaction.atomic
        def tie_the_knot() -> None:
            CenterParent.objects.filter(center=town).update(parent=village)
            tree.rebuild()

        with pytest.raises(IntegrityError):
            tie_the_knot()

    def test_a_level_changed_under_a_standing_center(self, pinghu: dict[str, Any]) -> None:
        Center.objects.filter(pk=pinghu["当湖街道"].pk).update(level="village")
        with pytest.raises(IntegrityError, match="no rule lets center"):
            settle()

    def test_a_rule_in_use_deleted(self, pinghu: dict[str, Any]) -> None:
        LevelRule.objects.filter(parent="town", child="village").delete()
        with pytest.raises(IntegrityError, match="stand under level"):
            settle()

    def test_a_rank_on_the_wrong_side_of_a_rule(self, pinghu: dict[str, Any]) -> None:
        Level.objects.filter(code="village").update(rank=5)
        with pytest.raises(IntegrityError, match="wrong side"):
            settle()


def test_a_village_added_stands_in_every_scope_above_it(pinghu: dict[str, Any]) -> None:
    village = Level.objects.get(code="village")
    added = tree.add_center(
        actor=None, code="new", official_name="前港社区居委会", level=village, parent=pinghu["广陈镇"]
    )
    assert added.name == "前港社区党群服务中心"
    assert {area.kind for area in added.areas.all()} == set(STANDARD_AREAS)
    assert added in Center.objects.under([pinghu["平湖市"].pk], JULY)
    with pytest.raises(refused.CodeTaken):
        tree.add_center(actor=None, code="new", official_name="x", level=village, parent=pinghu["广陈镇"])
    with pytest.raises(refused.LevelRuleBroken):
        tree.add_center(actor=None, code="other", official_name="x", level=village, parent=pinghu["平湖市"])


def test_names_of_a_center_added_are_derived_unless_it_has_its_own(pinghu: dict[str, Any]) -> None:
    under = {"actor": None, "level": Level.objects.get(code="village"), "parent": pinghu["广陈镇"]}
    derived = tree.add_center(code="one", official_name="前港社区居委会", **under)
    assert (derived.name_en, derived.is_name_en_derived) == ("Qiangang Community Party-Mass Service Center", True)
    own = tree.add_center(
        code="two",
        official_name="前港社区居委会",
        name="前港邻里中心",
        name_en="Qiangang Neighbourhood Center",
        **under,
    )
    assert (own.name, own.is_name_derived) == ("前港邻里中心", False)
    assert (own.name_en, own.is_name_en_derived) == ("Qiangang Neighbourhood Center", False)


def test_closing_for_good(pinghu: dict[str, Any]) -> None:
    today = clock.today()
    village = pinghu["水洞埭社区"]
    with pytest.raises(refused.ClosingInFuture):
        tree.close_center_for_good(actor=None, center=village, on=today + DAY)
    with pytest.raises(refused.StillHasCenters):
        tree.close_center_for_good(actor=None, center=pinghu["当湖街道"], on=today)
    tree.close_center_for_good(actor=None, center=village, on=today, reason="合并")
    assert Center.objects.get(pk=village.pk).status == CenterStatus.CLOSED
    assert len(tree.lineage(village, today)) == 3
    assert Center.pgh_event_model.objects.filter(pgh_obj_id=village.pk, pgh_label="update").count() == 1


def test_rebuild_asks_as_many_questions_of_a_large_tree_as_of_a_small(django_assert_num_queries: Any, db: None) -> None:
    (small,), *_ = make_tree(2, prefix="s")
    (large,), *_ = make_tree(5, 5, prefix="l")
    for root in (small, large):
        with transaction.atomic(), django_assert_num_queries(8):
            tree.rebuild([root.pk])


def test_rebuilding_everything_equals_what_stands(pinghu: dict[str, Any]) -> None:
    tree.move_center(actor=None, center=pinghu["水洞埭社区"], new_parent=pinghu["钟埭街道"], on=JULY)

    def unfolded() -> set[Any]:
        return set(CenterAncestor.objects.values_list("center", "ancestor", "depth", "valid"))

    before = unfolded()
    tree.rebuild()
    assert unfolded() == before

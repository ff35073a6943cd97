"""Organisations entered, changed, moved, dissolved and restored: who may, and each refusal."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from organizations import exceptions as refused
from organizations.choices import FieldOfWork, OrganizationType
from organizations.models import Organization, OrganizationCenter
from organizations.services import organizations as services
from tests.factories.organizations import day, make_organization
from tests.support.cast import EVERYBODY, Cast

MANAGERS = ("manager", "town_admin", "city_admin")
OTHERS = tuple(role for role in EVERYBODY if role not in MANAGERS)
TODAY = dt.date(2026, 11, 24)
FIELDS: dict[str, Any] = {
    "name": "演示第二党支部",
    "type": OrganizationType.BRANCH,
    "field_of_work": FieldOfWork.RURAL,
}


def places(organization: Organization) -> list[tuple[str, dt.date | None, dt.date | None]]:
    rows = organization.placements.order_by("valid").select_related("center")
    return [(row.center.code, row.valid.lower, row.valid.upper) for row in rows]


@pytest.mark.parametrize("role", MANAGERS)
def test_who_manages_the_center_may(cast: Cast, role: str) -> None:
    actor = cast[role]
    made = services.create_organization(actor=actor, center=cast.center, **FIELDS)
    changed = services.change_organization(actor=actor, organization=made, short_name="二支部")
    ended = services.dissolve_organization(actor=actor, organization=made, on=TODAY)
    back = services.restore_organization(actor=actor, organization=made)
    assert (changed.short_name, ended.dissolved_on, back.dissolved_on) == ("二支部", TODAY, None)
    assert places(made) == [(cast.center.code, None, None)]


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_else_may(cast: Cast, branch: Organization, role: str) -> None:
    actor = cast[role]
    for attempt in (
        lambda: services.create_organization(actor=actor, center=cast.center, **FIELDS),
        lambda: services.change_organization(actor=actor, organization=branch, short_name="支部"),
        lambda: services.move_organization(actor=actor, organization=branch, center=cast.sibling, on=TODAY),
        lambda: services.dissolve_organization(actor=actor, organization=branch, on=TODAY),
        lambda: services.restore_organization(actor=actor, organization=branch),
    ):
        with pytest.raises(refused.NotAllowed):
            attempt()
    assert Organization.objects.count() == 1 and places(branch) == [(cast.center.code, None, None)]


def test_a_move_takes_the_right_at_both_centers(cast: Cast, branch: Organization) -> None:
    with pytest.raises(refused.NotAllowed):
        services.move_organization(actor=cast["manager"], organization=branch, center=cast.sibling, on=TODAY)
    services.move_organization(actor=cast["town_admin"], organization=branch, center=cast.sibling, on=TODAY)
    assert places(branch) == [(cast.center.code, None, TODAY), (cast.sibling.code, TODAY, None)]
    with pytest.raises(refused.NotAllowed):
        services.change_organization(actor=cast["manager"], organization=branch, short_name="走了")
    services.change_organization(actor=cast["sibling_manager"], organization=branch, short_name="来了")


def test_who_manages_today_cannot_undo_a_move_that_another_center_awaits(cast: Cast, branch: Organization) -> None:
    services.move_organization(actor=None, organization=branch, center=cast.sibling, on=day("2027-01-01"))
    with pytest.raises(refused.NotAllowed):
        services.move_organization(actor=cast["manager"], organization=branch, center=cast.center, on=day("2027-02-01"))


@pytest.mark.parametrize(
    ("center", "on", "refusal"),
    [
        ("sibling", "2026-11-24", refused.SameCenter),
        ("center", "2026-11-01", refused.MoveTooEarly),
        ("center", "2026-10-31", refused.MoveTooEarly),
        ("center", "2027-03-01", refused.Dissolved),
    ],
)
def test_a_move_that_makes_no_sense_is_refused(
    cast: Cast, branch: Organization, center: str, on: str, refusal: type[Exception]
) -> None:
    services.move_organization(actor=None, organization=branch, center=cast.sibling, on=day("2026-11-01"))
    services.dissolve_organization(actor=None, organization=branch, on=day("2027-03-01"))
    before = places(branch)
    with pytest.raises(refusal):
        services.move_organization(actor=None, organization=branch, center=getattr(cast, center), on=day(on))
    assert places(branch) == before


def test_before_it_is_founded_nothing_moves(cast: Cast) -> None:
    young = make_organization(cast.center, founded_on=day("2026-11-20"))
    with pytest.raises(refused.MoveBeforeFounding):
        services.move_organization(actor=None, organization=young, center=cast.sibling, on=day("2026-11-20"))
    services.move_organization(actor=None, organization=young, center=cast.sibling, on=day("2026-11-21"))


def test_a_name_stands_once_under_a_center(cast: Cast, branch: Organization) -> None:
    with pytest.raises(refused.NameTaken):
        make_organization(cast.center)
    elsewhere = make_organization(cast.sibling)
    other = make_organization(cast.center, "演示第二党支部")
    with pytest.raises(refused.NameTaken):
        services.change_organization(actor=None, organization=other, name=branch.name)
    with pytest.raises(refused.NameTaken):
        services.move_organization(actor=None, organization=elsewhere, center=cast.center, on=TODAY)
    services.dissolve_organization(actor=None, organization=branch, on=TODAY)
    services.change_organization(actor=None, organization=other, name=branch.name)
    with pytest.raises(refused.NameTaken):
        services.restore_organization(actor=None, organization=branch)


def test_a_name_is_taken_under_a_center_that_it_moves_to_later_too(cast: Cast, branch: Organization) -> None:
    services.move_organization(actor=None, organization=branch, center=cast.sibling, on=day("2027-01-01"))
    with pytest.raises(refused.NameTaken):
        make_organization(cast.sibling)
    other = make_organization(cast.sibling, "演示第三党支部")
    with pytest.raises(refused.NameTaken):
        services.change_organization(actor=None, organization=other, name=branch.name)
    with pytest.raises(refused.NameTaken):
        services.change_organization(actor=None, organization=branch, name=other.name)


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("committee", "committee"),
        ("committee", "general_branch"),
        ("committee", "branch"),
        ("general_branch", "branch"),
        ("branch", "mass"),
        ("general_branch", "partner"),
    ],
)
def test_what_leads_what(cast: Cast, above: str, below: str) -> None:
    parent = make_organization(cast.town, "演示党委", type=above)
    assert make_organization(cast.center, type=below, parent=parent).parent == parent


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("branch", "branch"),
        ("branch", "committee"),
        ("general_branch", "committee"),
        ("general_branch", "general_branch"),
        ("mass", "branch"),
        ("mass", "mass"),
        ("partner", "partner"),
    ],
)
def test_what_does_not(cast: Cast, above: str, below: str) -> None:
    parent = make_organization(cast.town, "演示上级", type=above)
    with pytest.raises(refused.ParentCannotLead):
        make_organization(cast.center, type=below, parent=parent)


def test_nobody_stands_below_oneself(cast: Cast) -> None:
    first = make_organization(cast.town, "演示党委", type="committee")
    second = make_organization(cast.town, "演示第二党委", type="committee", parent=first)
    third = make_organization(cast.town, "演示第三党委", type="committee", parent=second)
    for parent in (first, second, third):
        with pytest.raises(refused.ParentBelow):
            services.change_organization(actor=None, organization=first, parent=parent)
    assert services.change_organization(actor=None, organization=third, parent=first).parent == first


def test_who_leads_others_keeps_a_type_that_leads_them(cast: Cast) -> None:
    parent = make_organization(cast.center, "演示党总支", type="general_branch")
    child = make_organization(cast.center, parent=parent)
    with pytest.raises(refused.CannotLeadBelow):
        services.change_organization(actor=None, organization=parent, type="branch")
    services.change_organization(actor=None, organization=parent, type="committee")
    with pytest.raises(refused.StillLeads) as error:
        services.dissolve_organization(actor=None, organization=parent, on=TODAY)
    assert "1个" in str(error.value)
    services.dissolve_organization(actor=None, organization=child, on=TODAY)
    services.dissolve_organization(actor=None, organization=parent, on=TODAY)
    with pytest.raises(refused.ParentDissolved):
        services.restore_organization(actor=None, organization=child)
    with pytest.raises(refused.ParentDissolved):
        make_organization(cast.center, "演示新支部", parent=parent)


def test_an_end_comes_after_the_beginning(cast: Cast) -> None:
    young = make_organization(cast.center, founded_on=day("2026-11-20"))
    with pytest.raises(refused.DissolvedBeforeFounding):
        services.dissolve_organization(actor=None, organization=young, on=day("2026-11-20"))
    services.dissolve_organization(actor=None, organization=young, on=day("2026-11-21"))
    with pytest.raises(refused.Dissolved):
        services.dissolve_organization(actor=None, organization=young, on=day("2026-11-22"))
    with pytest.raises(refused.FoundedAfterDissolution):
        services.change_organization(actor=None, organization=young, founded_on=day("2026-11-21"))
    services.restore_organization(actor=None, organization=young)
    with pytest.raises(refused.NotDissolved):
        services.restore_organization(actor=None, organization=young)


def test_a_refusal_leaves_the_callers_own_alone(cast: Cast, branch: Organization) -> None:
    make_organization(cast.center, "演示第二党支部")
    with pytest.raises(refused.NameTaken):
        services.change_organization(actor=None, organization=branch, name="演示第二党支部")
    assert branch.name == "演示第一党支部"
    with pytest.raises(ValidationError):
        services.change_organization(actor=None, organization=branch, type="club")
    with pytest.raises(TypeError):
        services.change_organization(actor=None, organization=branch, dissolved_on=TODAY)


def test_its_english_name_follows_unless_people_gave_one(cast: Cast, branch: Organization) -> None:
    assert branch.name_en == "Yanshi No. 1 Party Branch"
    renamed = services.change_organization(actor=None, organization=branch, name="演示社区妇联")
    assert renamed.name_en == "Yanshi Community Women's Federation"
    own = services.change_organization(actor=None, organization=branch, name_en="The Women of Yanshi")
    assert (own.name_en, own.is_name_en_derived) == ("The Women of Yanshi", False)
    kept = services.change_organization(actor=None, organization=branch, name="演示第五党支部")
    assert kept.name_en == "The Women of Yanshi"
    blank = services.change_organization(actor=None, organization=branch, name_en="")
    assert (blank.name_en, blank.is_name_en_derived) == ("Yanshi No. 5 Party Branch", True)


def test_history_keeps_what_was(cast: Cast, branch: Organization) -> None:
    services.change_organization(actor=cast["manager"], organization=branch, name="演示第九党支部")
    services.move_organization(actor=None, organization=branch, center=cast.sibling, on=TODAY)
    assert [row.name for row in branch.events.order_by("pgh_id")] == ["演示第一党支部", "演示第九党支部"]  # type: ignore[attr-defined]
    [first, _second] = OrganizationCenter.objects.filter(organization=branch).order_by("pk")
    assert [row.valid.upper for row in first.events.order_by("pgh_id")] == [None, TODAY]  # type: ignore[attr-defined]

"""Imported inspections: the organisation that a sheet names is found, and counts in coverage."""

import datetime as dt

import pytest

from accounts.models import User
from activities.models import InspectionDetail
from activities.selectors.coverage import coverage
from centers.models import Center
from organizations.choices import OrganizationType
from organizations.services.organizations import dissolve_organization
from tests.factories.organizations import make_organization
from tests.factories.sheets import tried, written, xlsx

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
HEADINGS = ("活动名称", "日期", "人数", "类别", "指导党组织")


def test_it_is_found_by_its_name_on_the_day(village: Center, staff: User) -> None:
    make_organization(village, "演示第一党支部", short_name="一支部", founded_on=dt.date(2026, 3, 1))
    dissolved = make_organization(village, "演示第二党支部", founded_on=dt.date(2020, 1, 1))
    dissolve_organization(actor=None, organization=dissolved, on=dt.date(2026, 9, 1))
    make_organization(village, "演示工会", type=OrganizationType.MASS)
    rows = [
        ("督查一", "2026-9-3", 4, "督查", "演示第一党支部"),
        ("督查二", "2026-9-4", 4, "督查", " 一支部 "),
        ("督查三", "2026-2-4", 4, "督查", "演示第一党支部"),
        ("督查四", "2026-9-5", 4, "督查", "演示第二党支部"),
        ("督查五", "2026-8-5", 4, "督查", "演示第二党支部"),
        ("督查六", "2026-9-6", 4, "督查", "演示工会"),
        ("督查七", "2026-9-7", 4, "督查", None),
        ("读书会", "2026-9-8", 9, "活动", "演示第一党支部"),
    ]
    imported = tried(staff, village, xlsx([HEADINGS, *rows]))
    notes = [[note for note in row.notes if "organization" in note] for row in imported.rows.order_by("number")]
    unknown, missing = ["organization_unknown"], ["organization_missing"]
    assert notes == [[], [], unknown, unknown, [], unknown, missing, []]
    written(staff, village, xlsx([HEADINGS, *rows]))
    found = InspectionDetail.objects.order_by("activity__title").values_list("activity__title", "organization__name")
    assert sorted(found) == [
        ("督查一", "演示第一党支部"),
        ("督查二", "演示第一党支部"),
        ("督查五", "演示第二党支部"),
    ]
    covered = coverage(village, dt.date(2026, 9, 1), dt.date(2026, 9, 30))
    assert (covered.inspected, covered.total) == (1, 1)

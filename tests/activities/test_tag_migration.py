"""Themes and campaigns that were free text: what stood is kept, as rows of their own, there and back."""

from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from centers.models import Center
from tests.factories.bookings import slot

BEFORE, AFTER = [("activities", "0004_letters")], [("activities", "0005_series_and_themes")]


def migrated(to: list[tuple[str, str]]) -> Any:
    """Migrate, and return the models as they stand then."""
    MigrationExecutor(connection).migrate(to)
    return MigrationExecutor(connection).loader.project_state(to).apps


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_free_text_becomes_rows_and_back(own_database: None) -> None:
    center = Center.objects.get(code="330482")
    activities = migrated(BEFORE).get_model("activities", "Activity").objects
    starts_at, ends_at = slot(14, 16)
    for title, theme, campaign in (
        ("一", "重阳", ""),
        ("二", " 重阳 ", "百个项目进党群"),
        ("三", "自己的主题", ""),
        ("四", "", ""),
        ("五", "  ", ""),
    ):
        activities.create(
            title=title, theme=theme, campaign=campaign, kind="activity", center_id=center.pk,
            starts_at=starts_at, ends_at=ends_at,
        )  # fmt: skip
    after = migrated(AFTER)
    found = after.get_model("activities", "Activity").objects.order_by("id")
    assert [one.theme and one.theme.name for one in found] == ["重阳", "重阳", "自己的主题", None, None]
    assert [one.campaign and one.campaign.name for one in found] == [None, "百个项目进党群", None, None, None]
    assert after.get_model("activities", "Theme").objects.count() == 2
    back = migrated(BEFORE).get_model("activities", "Activity").objects.order_by("id")
    assert [one.theme for one in back] == ["重阳", "重阳", "自己的主题", "", ""]

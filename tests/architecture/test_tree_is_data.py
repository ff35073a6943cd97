"""The network is data.

Another tree, deeper and wider, works with the same code, and no number or level of it is written there.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from accounts.services.people import create_staff
from centers import access
from centers.choices import MANAGING, Role
from centers.domain import hours
from centers.domain.nearness import ranked_from
from centers.models import Center, Level
from centers.services import tree
from common import clock
from tests.architecture.sources import APPS
from tests.factories.centers import grant, make_tree

# The article's counts and their sums, in a line that speaks of what they count: true of Pinghu in 2020, and of no line
# of code.
COUNT = re.compile(r"(?<![\w.\-/#])(?:8|114|122|123|124)(?![\w.\-/%])")
COUNTED = re.compile(r"center|town|village|level", re.IGNORECASE)
LEVEL_NAMED = re.compile(r"""["'](?:city|town|village|site)["']""")
# In templates a class may be called "town", and a drawing has its own numbers.
LOOKS = re.compile(r"""class="[^"]*"|<svg.*?</svg>""")
# Tells what the article of 2020 said, as what it said.
QUOTING = ("templates/pages/about.html",)
# The demo tells of this network.
LOOKED_AT = (*(app for app in APPS if app != "demo"), "templates")


def lines_of_code() -> Iterator[tuple[Path, int, str]]:
    """Every line of Python and templates but migrations: file, number, text."""
    for folder in LOOKED_AT:
        for file in sorted((settings.BASE_DIR / folder).rglob("*")):
            if (
                file.suffix in (".py", ".html")
                and "migrations" not in file.parts
                and str(file.relative_to(settings.BASE_DIR)) not in QUOTING
            ):
                for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
                    yield file, number, line


def hard_codes(line: str) -> bool:
    """Whether a line says how many centers there are, or names a level of this network by its code."""
    line = LOOKS.sub("", line)
    return bool((COUNT.search(line) and COUNTED.search(line)) or LEVEL_NAMED.search(line))


def test_no_line_of_code_knows_how_many_centers_there_are_or_what_levels_are_called() -> None:
    found = [
        f"{file.relative_to(settings.BASE_DIR)}:{number}: {line.strip()}"
        for file, number, line in lines_of_code()
        if hard_codes(line)
    ]
    assert found == []


@pytest.mark.parametrize(
    "line", ["if Center.objects.count() == 123:", "<b>114</b> villages", "towns = 8", 'if center.level_id == "town":']
)
def test_the_search_finds_what_it_looks_for(line: str) -> None:
    assert hard_codes(line)


@pytest.fixture
def deep(db: None) -> list[list[Center]]:
    """More than 300 centers on six levels: two more than Pinghu's four."""
    rows = make_tree(2, 3, 4, 3, 3)
    assert sum(map(len, rows)) >= 300
    assert len(rows) == Level.objects.exclude(code__startswith="t-").count() + 2
    return rows


@pytest.mark.django_db
class TestADeeperTree:
    """By data, not by code."""

    def test_lineages_hours_and_nearness(self, deep: list[list[Center]]) -> None:
        leaf = deep[-1][-1]
        assert len(tree.lineage(leaf, clock.today())) == len(deep)
        assert set(hours.open_state([leaf.pk, deep[0][0].pk])) == {leaf.pk, deep[0][0].pk}
        assert list(ranked_from(leaf))[:2] == [leaf.pk, deep[-2][-1].pk]

    def test_a_role_in_the_middle_reaches_all_below_and_nothing_else(self, deep: list[list[Center]]) -> None:
        someone = create_staff(username="middle", password="long-enough-for-anyone", name="x", password_lasts=True)
        grant(someone, deep[2][0], Role.MANAGER)
        reached = set(access.scope(someone, MANAGING).values_list("code", flat=True))
        assert reached == {center.code for row in deep for center in row if center.code.startswith(deep[2][0].code)}

    def test_the_list_shows_every_level_and_leads_to_the_lowest(self, client: Client, deep: list[list[Center]]) -> None:
        page: Any = client.get("/centers/", {"under": deep[0][0].code}).context["network"]
        assert [level.count for level in page.levels] == [len(row) for row in deep]
        for row in deep[1:-1]:
            answer = client.get("/centers/", {"under": row[0].code})
            assert row[0].short_name in answer.content.decode()
            assert answer.context["network"].count == sum(
                center.code.startswith(row[0].code) for below in deep for center in below
            )

    def test_search_finds_a_leaf(self, client: Client, deep: list[list[Center]]) -> None:
        assert deep[-1][-1].short_name in client.get("/centers/", {"q": deep[-1][-1].short_name}).content.decode()

    @pytest.mark.parametrize("depth", range(6))
    def test_set_up_pages_answer_at_every_level(self, client: Client, deep: list[list[Center]], depth: int) -> None:
        admin = create_staff(username="top", password="long-enough-for-anyone", name="x", password_lasts=True)
        grant(admin, deep[0][0], Role.ADMIN)
        client.force_login(admin)
        for page in ("hours", "special-days", "roles"):
            assert client.get(f"/manage/centers/{deep[depth][-1].code}/{page}/").status_code == 200

    def test_the_api_knows_it_too(self, client: Client, deep: list[list[Center]]) -> None:
        found = client.get("/api/v1/centers/", {"under": deep[1][0].code, "level": deep[-1][0].level_id}).json()
        assert found["count"] == len(deep[-1]) // len(deep[1])

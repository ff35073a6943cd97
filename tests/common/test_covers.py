"""Covers.

The same name always looks the same, the character is a telling one, and nothing in them breaks the page or its policy.
"""

import re

import pytest

from common.covers import HUES, LATTICES, cover_svg, glyph


@pytest.mark.parametrize(
    ("name", "character"),
    [
        ("水洞埭社区党群服务中心", "水"),
        ("平湖市红色物业党群服务中心", "红"),
        ("平湖市党群服务中心", "平"),
        ("“善美之声”童声苑", "善"),
        ("𠮷田社区党群服务中心", "𠮷"),
        ("<>党群服务中心", "平"),
        ("", "平"),
    ],
)
def test_glyph_is_the_first_character_that_tells_names_apart(name: str, character: str) -> None:
    assert glyph(name) == character


def test_a_name_has_one_cover_whenever_it_is_drawn() -> None:
    assert cover_svg("当湖街道党群服务中心") == cover_svg("当湖街道党群服务中心")
    assert cover_svg("当湖街道党群服务中心") != cover_svg("钟埭街道党群服务中心")
    # Pinned: a change here re-draws every center of the city.
    assert 'class="cover-sand"' in cover_svg("平湖市党群服务中心")


def test_all_lattices_and_hues_come_up() -> None:
    drawn = [cover_svg(f"{number}号社区") for number in range(200)]
    assert {re.search(r'class="cover-(\w+)"', svg)[1] for svg in drawn} == set(HUES)  # type: ignore[index]
    assert sum(any(lattice.lines in svg for svg in drawn) for lattice in LATTICES) == len(LATTICES)


def test_ids_stay_apart_on_one_page() -> None:
    ids = {re.search(r'id="([^"]+)"', cover_svg("当湖街道", serial=serial))[1] for serial in range(3)}  # type: ignore[index]
    assert len(ids) == 3
    for kind in ("square", "wide"):
        svg = cover_svg("当湖街道", kind, 7)  # type: ignore[arg-type]
        assert re.search(r'id="([^"]+)"', svg)[1] == re.search(r"url\(#([^)]+)\)", svg)[1]  # type: ignore[index]
        assert "\0" not in svg


def test_no_inline_style_and_no_mark_up_from_a_name() -> None:
    svg = cover_svg('<script>"style="党群服务中心', "wide")
    assert "style=" not in svg
    assert "<script" not in svg

"""The style sheets, as web views of some years ago read them."""

from pathlib import Path

from django.conf import settings


def without_what_is_tried_first(sheet: str) -> str:
    """The sheet without its `@supports selector(…)` blocks: who doesn't know the selector passes over the block."""
    begin, _tried, rest = sheet.partition("@supports selector(")
    if not rest:
        return sheet
    depth, start = 0, rest.index("{")
    for place, letter in enumerate(rest[start:], start):
        depth += {"{": 1, "}": -1}.get(letter, 0)
        if not depth:
            return begin + without_what_is_tried_first(rest[place + 1 :])
    raise AssertionError("a block that isn't closed")


def test_old_web_views_understand_the_style_sheets() -> None:
    sheets = list((Path(settings.BASE_DIR) / "static" / "css").rglob("*.css"))
    assert sheets
    for path in sheets:
        text = without_what_is_tried_first(path.read_text(encoding="utf-8"))
        for novelty in (":has(", "light-dark(", "color-mix(", "@import", "http"):
            assert novelty not in text, (path.name, novelty)

"""The bundle of the style sheets: in the order of the cascade, new when a sheet has changed, found as a static file."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command

from common import style_sheets
from pages.management.commands.prepare import UNUSED_STATIC

IN_ORDER = [
    "tokens.css",
    "base.css",
    "layout.css",
    "components/button.css",
    "components/tag.css",
    "pages/home.css",
    "utilities.css",
]


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Sheets of a test's own, and a place of its own for what they are joined into."""
    directory = tmp_path / "css"
    for name in reversed(IN_ORDER):
        (directory / name).parent.mkdir(parents=True, exist_ok=True)
        (directory / name).write_text(f".{Path(name).stem} {{ top: 0 }}\n", encoding="utf-8")
    monkeypatch.setattr(style_sheets, "SOURCES", directory)
    monkeypatch.setattr(settings, "VAR_DIR", tmp_path / "var")
    return directory


def test_the_order_is_that_of_the_cascade(sources: Path) -> None:
    assert [sheet.relative_to(sources).as_posix() for sheet in style_sheets.sheets()] == IN_ORDER


def test_a_changed_sheet_is_in_the_bundle_at_the_next_look(sources: Path) -> None:
    finder = style_sheets.BundleFinder()
    first = Path(finder.find(style_sheets.BUNDLE)).read_text(encoding="utf-8")
    (sources / "components" / "tag.css").write_text(".tag { left: 0 }\n", encoding="utf-8")
    second = Path(finder.find(style_sheets.BUNDLE)).read_text(encoding="utf-8")
    assert ".tag { top: 0 }" in first
    assert ".tag { left: 0 }" in second
    assert not finder.find("css/other.css")


def test_an_unchanged_bundle_keeps_its_file(sources: Path) -> None:
    """`prepare` collects only when a file has changed, and goes by the time of the file."""
    finder = style_sheets.BundleFinder()
    before = Path(finder.find(style_sheets.BUNDLE)).stat().st_mtime_ns
    assert list(finder.list([])) == [(style_sheets.BUNDLE, finder.storage)]
    assert Path(finder.find(style_sheets.BUNDLE)).stat().st_mtime_ns == before


def test_static_files_know_the_bundle() -> None:
    found = finders.find(style_sheets.BUNDLE)
    assert found
    assert ".masthead" in Path(found).read_text(encoding="utf-8")


def test_what_is_collected_is_one_sheet_hashed_and_compressed(tmp_path: Path, settings) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=UNUSED_STATIC)
    names = sorted(path.name.split(".", 1)[1].split(".", 1)[-1] for path in (tmp_path / "css").glob("portal.*"))
    assert not (tmp_path / "css" / "components").exists()
    assert {"css", "css.br", "css.gz"} <= set(names)


def test_every_class_of_a_template_widget_or_script_has_a_rule() -> None:
    """A class without one is a misspelt class: a select as wide as its longest option, say."""
    root = Path(settings.BASE_DIR)
    ruled = {
        name
        for sheet in style_sheets.sheets()
        for name in re.findall(r"\.([A-Za-z_][\w-]*)", sheet.read_text(encoding="utf-8"))
    }
    apps = [path.parent for path in root.glob("*/apps.py")]
    templates = [path for place in (root, *apps) for path in (place / "templates").rglob("*.html")]
    widgets = [path for app in apps for path in (app / "forms").rglob("*.py")]
    used = {
        name
        for path in (*templates, *widgets)
        for classes in re.findall(r'(?:\bclass=|"class": ?)"([^"]*)"', path.read_text(encoding="utf-8"))
        for name in re.sub(r"\{[{%].*?[}%]\}", " ", classes).split()
        if not name.endswith("-")
    }
    scripts = [path for place in (root / "static" / "js", *apps) for path in place.rglob("*.js")]
    selected = {
        name
        for path in scripts
        for selector in re.findall(r'(?:querySelector(?:All)?|closest)\("([^"]*)"', path.read_text(encoding="utf-8"))
        for name in re.findall(r"\.([a-z][\w-]*)", selector)
    }
    assert len(used) > 100 and len(selected) > 3
    assert used | selected <= ruled

"""Each class is defined in one style sheet, and each is used.

Whoever changes a component opens one file, and knows that nothing else draws it.
"""

from collections.abc import Iterable

import pytest

from common.style_sheets import BUNDLE, SOURCES, joined, sheets
from tests.architecture.sources import named, templates, text_of
from tests.architecture.style_sheets import (
    classes_in,
    definitions,
    selectors,
    styled,
    subject,
    used_in_templates,
    words_of_scripts,
)

# Classes put together from a prefix and a value: the hues of covers, the shapes of levels.
PUT_TOGETHER = ("cover-", "level-", "state-", "is-back", "heat-")


@pytest.mark.parametrize(
    ("selector", "about"),
    [
        (".tag", "tag"),
        (".tag.ok", "tag"),
        (".staff .panel > h2", "panel"),
        (".open-state.is-open::before", "open-state"),
        (".week-table .is-taken span", "week-table"),
        ("li.search-result", "search-result"),
        (".search-form > div:not(.btn)", "search-form"),
        ("main > h1", None),
    ],
)
def test_what_a_selector_is_about(selector, about):
    assert subject(selector) == about


def test_selectors_inside_queries_are_found():
    sheet = "/* .gone { */ .a,\n.b:not(.c, .d) > li { top: 0 } @media print { .e { top: 0 } }"
    assert list(selectors(sheet)) == [".a", ".b:not(.c, .d) > li", ".e"]


def test_classes_of_a_template_are_found():
    template = '{% block body_class %}staff{% endblock %}<p class="tag {{ tone }}{% if x == "y" %} is-open{% endif %}">'
    template += '{% field css="wide" %}<i class="level-{{ n }}">'
    assert classes_in(template) == {"staff", "tag", "is-open", "wide"}


def test_each_class_is_defined_in_one_sheet():
    scattered = {name: places for name, places in definitions().items() if len(places) > 1}
    assert not scattered


def test_each_sheet_of_a_component_defines_it():
    """A component's file carries its name, so that it is found by looking for the class."""
    places = definitions()
    components = [
        sheet
        for sheet in sheets()
        if sheet.parent.name == "components" and sheet.stem not in ("button", "details", "hatch")
    ]
    assert len(components) > 30
    strangers = {sheet.stem for sheet in components if f"components/{sheet.name}" not in places.get(sheet.stem, ())}
    assert not strangers


def test_each_class_of_the_sheets_is_used():
    known = {*used_in_templates(), *words_of_scripts()}
    assert not {name for name in styled() if name not in known and not name.startswith(PUT_TOGETHER)}


def test_each_class_of_the_templates_is_styled():
    known = styled()
    assert not {name: sorted(map(named, paths)) for name, paths in used_in_templates().items() if name not in known}


def test_the_bundle_holds_every_sheet_and_is_the_only_one_a_page_asks_for():
    assert set(sheets()) == set(SOURCES.rglob("*.css"))
    assert all(text_of(sheet) in joined(sheets()) for sheet in sheets())
    assert _links(text_of(path) for path in templates()) == {BUNDLE}


def _links(pages: Iterable[str]) -> set[str]:
    return {line.split("'")[1] for page in pages for line in page.splitlines() if 'rel="stylesheet"' in line}

"""The catalogue is gathered and merged as gettext would, and nothing is guessed."""

from pathlib import Path

import pytest
from django.core.management import get_commands

from common.i18n import catalogue

TEMPLATE = """{% load i18n %}
   <p>it's {% translate "Save 50%" context "shop" as words %} {{ _("Plain")|default:_("Otherwise") }}
  {# don't #}{% comment %} "open quote {% endcomment %}
  {% blocktranslate trimmed count number=rows|length with who=name %}
     {{ who }} has {{ number }} room at 100%
  {% plural %}
     {{ who }} has {{ number }} rooms
  {% endblocktranslate %}
{% include "x.html" with label=_("Handed on") %}
"""
CODE = """
from django.utils.translation import gettext_lazy as _, ngettext_lazy, pgettext
a = _("Lazy")
b = ngettext_lazy("%(n)s day", "%(n)s days", "n")
c = pgettext("month", "May")
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text(TEMPLATE, encoding="utf-8")
    (tmp_path / "bookings").mkdir()
    (tmp_path / "bookings" / "code.py").write_text(CODE, encoding="utf-8")
    monkeypatch.setattr(catalogue, "PROJECT", tmp_path)
    monkeypatch.setattr(catalogue, "CATALOGUE", tmp_path / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po")
    return tmp_path


def test_gathers_what_django_will_look_up(project: Path) -> None:
    found = {(message.id, message.context) for message in catalogue.gather() if message.id}
    assert found == {
        ("Save 50%%", "shop"),
        ("Plain", None),
        ("Otherwise", None),
        (("%(who)s has %(number)s room at 100%%", "%(who)s has %(number)s rooms"), None),
        ("Handed on", None),
        ("Lazy", None),
        (("%(n)s day", "%(n)s days"), None),
        ("May", "month"),
    }


def test_keeps_translations_merges_new_ones_and_guesses_none(project: Path) -> None:
    merged = project / "new.txt"
    merged.write_text("Lazy\t懒\n%(n)s day\t%(n)s天\nnot said anywhere\t无\n", encoding="utf-8")
    catalogue.refresh([merged])
    (project / "bookings" / "code.py").write_text(CODE.replace("Lazy", "Lazier"), encoding="utf-8")
    kept = {message.id: message for message in catalogue.refresh()}
    assert kept[("%(n)s day", "%(n)s days")].string == ("%(n)s天",)
    assert "Lazy" not in kept
    assert not catalogue.is_translated(kept["Lazier"])
    assert "fuzzy" not in catalogue.CATALOGUE.read_text(encoding="utf-8")


def test_unchanged_code_leaves_the_file_byte_for_byte(project: Path) -> None:
    catalogue.refresh()
    before = catalogue.CATALOGUE.read_bytes()
    catalogue.refresh()
    assert catalogue.CATALOGUE.read_bytes() == before


def test_compiles_once(project: Path) -> None:
    catalogue.refresh()
    assert [path.name for path in catalogue.compile_catalogues()] == ["django.mo"]
    assert catalogue.compile_catalogues() == []


@pytest.mark.parametrize("command", ["makemessages", "compilemessages"])
def test_djangos_own_commands_are_ours_which_need_no_gettext(command: str) -> None:
    assert get_commands()[command] == "common"

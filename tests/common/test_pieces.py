"""Small pieces of pages: icons, names of centers, times as people say them.

Chinese words are the catalogue's; here the rules are tested in English.
"""

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from common import clock
from common.forms.widgets import Stepper
from common.i18n.bilingual import in_page_language
from common.icons import DIRECTORY, DRAWINGS, drawing, read
from common.templatetags import pieces
from common.words import names, times

# A Tuesday, 10:05 in Shanghai.
NOW = dt.datetime(2026, 11, 24, 2, 5, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _tuesday_morning_in_english() -> Iterator[None]:
    with clock.frozen(NOW), translation.override("en"):
        yield


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> dt.datetime:
    return clock.at(dt.date(2026, month, day), dt.time(hour, minute))


# Times


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (dt.date(2026, 11, 24), "Today"),
        (dt.date(2026, 11, 25), "Tomorrow"),
        (dt.date(2026, 11, 28), "Sat"),
        (dt.date(2026, 11, 30), "Mon"),
        (dt.date(2026, 12, 1), "Tue 1 Dec"),
        (dt.date(2026, 11, 23), "Mon 23 Nov"),
        (dt.date(2027, 1, 5), "Tue 5 Jan 2027"),
    ],
)
def test_days_are_named_for_a_week_and_dated_beyond(day: dt.date, words: str) -> None:
    assert times.day_words(day) == words


def test_a_day_is_the_one_on_a_shanghai_clock() -> None:
    assert times.day_words(dt.datetime(2026, 11, 24, 16, 30, tzinfo=dt.UTC)) == "Tomorrow"
    assert times.clock_words(dt.datetime(2026, 11, 24, 1, 0, tzinfo=dt.UTC)) == "9:00"


def test_a_narrow_head_has_the_weekday_where_tomorrow_is_a_long_word() -> None:
    assert [times.day_head(dt.date(2026, 11, day)) for day in (24, 25, 26)] == ["Today", "Wed", "Thu"]


def test_spans() -> None:
    assert times.span_words(at(24, 14), at(24, 16)) == "Today 14:00–16:00"
    assert times.span_words(at(28, 9), at(28, 11), full=True) == "Sat 28 Nov 9:00–11:00"


def test_an_end_at_midnight_is_24() -> None:
    assert [times.end_clock(end) for end in (at(25, 0), dt.time(0), at(24, 9), dt.time(9, 30))] == [
        "24:00",
        "24:00",
        "9:00",
        "9:30",
    ]


def test_a_span_that_ends_at_midnight_belongs_to_the_day_it_began() -> None:
    assert times.span_words(at(24, 20), at(25, 0)) == "Today 20:00–24:00"
    assert times.span_words(at(24, 20), at(25, 8)) == "Today 20:00 to Tomorrow 8:00"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (dt.date(2026, 11, 24), dt.date(2026, 11, 30), "24–30 Nov"),
        (dt.date(2026, 11, 30), dt.date(2026, 12, 6), "30 Nov–6 Dec"),
        (dt.date(2026, 12, 28), dt.date(2027, 1, 3), "28 Dec–3 Jan 2027"),
    ],
)
def test_days_of_a_week(first: dt.date, last: dt.date, words: str) -> None:
    assert times.days_span(first, last) == words


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (dt.timedelta(minutes=45), "45 min"),
        (60, "1 hour"),
        (dt.timedelta(hours=2), "2 hours"),
        (90, "1 h 30 min"),
        (dt.timedelta(hours=26), "26 hours"),
        (dt.timedelta(days=3, hours=5), "3 days"),
    ],
)
def test_durations(length: dt.timedelta | float, words: str) -> None:
    assert times.duration(length) == words


def test_deadlines() -> None:
    assert times.deadline_words(at(24, 11, 30)) == "by 11:30 today"
    assert times.deadline_words(at(25, 9, 40)) == "by 9:40 tomorrow"
    assert times.deadline_words(at(27, 17)) == "by 17:00, Fri"
    assert times.left_words(at(24, 11, 30)) == "1 h 25 min left"
    assert times.left_words(at(24, 9, 45)) == "20 min overdue"


# Pieces


@pytest.mark.parametrize("name", DRAWINGS)
def test_icons_are_decoration_in_the_colour_of_their_words(name: str) -> None:
    svg = drawing(name)
    assert 'aria-hidden="true"' in svg
    assert "style=" not in svg
    assert "fill=" not in svg


def test_each_icon_is_a_file(tmp_path: Path) -> None:
    assert set(DRAWINGS) == {file.stem for file in DIRECTORY.glob("*.svg")} >= {"search", "area-oath"}
    shapes = '  <path d="M0 0"/>\n  <path d="M1 1"/>\n'
    (tmp_path / "horse.svg").write_text(
        f'<svg xmlns="x" class="icon" viewBox="0 0 24 24" fill="none">\n{shapes}</svg>\n'
    )
    assert read(tmp_path) == {
        "horse": '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">'
        '<path d="M0 0"/><path d="M1 1"/></svg>'
    }


def test_a_file_that_is_no_icon_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "horse.svg").write_text('<svg viewBox="0 0 24 24"></svg>')
    with pytest.raises(ValueError, match=r"horse\.svg"):
        read(tmp_path)


def test_an_icon_that_is_not_drawn_is_an_error() -> None:
    with pytest.raises(KeyError):
        drawing("horse")


def test_a_name_breaks_only_before_what_all_centers_are_called() -> None:
    words = '<span class="nowrap">水洞埭社区</span><wbr><span class="nowrap">党群服务中心</span>'
    with translation.override("zh-hans"):
        assert names.center_name("水洞埭社区党群服务中心") == words
    assert names.center_name("水洞埭社区党群服务中心") == f'<span lang="zh">{words}</span>'
    assert names.center_name("楼宇红领驿站") == '<span lang="zh"><span class="nowrap">楼宇红领驿站</span></span>'


def test_a_name_longer_than_a_line_breaks_where_it_must() -> None:
    with translation.override("zh-hans"):
        assert names.center_name("楼" * 12 + "党群服务中心") == "楼" * 12 + "党群服务中心"


def test_names_are_escaped() -> None:
    assert "<b>" not in names.center_name("<b>党群服务中心")
    assert names.zh("<b>厅") == '<span lang="zh">&lt;b&gt;厅</span>'
    assert names.zh("<b>") == names.center_name("<b>") == "&lt;b&gt;"


def test_what_is_not_chinese_is_not_marked_as_chinese() -> None:
    assert names.zh("East Hall") == "East Hall"
    assert names.center_name("Red Station") == "Red Station"
    english = names.center_name("Shuidongdai Community Party-Mass Service Center")
    assert english == 'Shuidongdai Community <span class="nowrap">Party-Mass</span> Service Center'
    assert (names.lang_zh("East Hall"), names.lang_zh("多功能厅东厅")) == ("", ' lang="zh"')


@pytest.mark.parametrize(("language", "shown"), [("en", "East Hall"), ("zh-hans", "东厅"), (None, "东厅")])
def test_a_name_is_shown_in_the_language_of_the_page(language: str | None, shown: str) -> None:
    with translation.override(language):
        assert in_page_language("东厅", "East Hall") == shown
        assert in_page_language("东厅", "") == "东厅"


def test_chinese_within_a_sentence_is_marked_where_the_page_is_not_chinese() -> None:
    assert names.zh_within("水洞埭社区 2号厅, today: the center <will> answer.") == (
        '<span lang="zh">水洞埭社区</span> 2<span lang="zh">号厅</span>, today: the center &lt;will&gt; answer.'
    )
    assert (
        names.zh_within("Sat: 当天布展，改到3月2日可以吗？ Sorry")
        == 'Sat: <span lang="zh">当天布展，改到3月2日可以吗？</span> Sorry'
    )
    with translation.override("zh-hans"):
        assert names.zh_within("水洞埭社区 <2号厅>") == "水洞埭社区 &lt;2号厅&gt;"


def test_a_day_bar_never_leaves_its_bed() -> None:
    assert (pieces.day_bar_x(-0.2), pieces.day_bar_x(0), pieces.day_bar_x(1.4)) == ("1.0", "1.0", "299.0")
    html = render_to_string(
        "components/_day_bar.html",
        {
            "label": "Room 2",
            "segments": [{"kind": "busy", "start": 0.5, "width": 0.25}],
            "marks": [{"at": 0, "words": "8:00"}],
        },
    )
    assert '<rect class="is-taken" x="150.0" y="2.5" width="74.5" height="14" fill="url(#hatch)"/>' in html
    assert 'role="img" aria-label="Room 2"' in html


def test_two_covers_of_one_name_have_ids_of_their_own() -> None:
    context = Context({"name": "当湖街道", "request": RequestFactory().get("/")})
    page = Template("{% cover name %}{% cover name css='small' %}").render(context)
    ids = [part.split('"')[0] for part in page.split('id="')[1:]]
    assert len(ids) == len(set(ids)) == 2


def test_a_changed_filter_goes_back_to_the_first_page() -> None:
    context = Context({"request": RequestFactory().get("/?town=3&page=4&open=1")})
    context.request = context["request"]
    assert Template("{% query_with town=None %}").render(context) == "?open=1"
    assert Template("{% query_with town=5 %}").render(context) == "?town=5&amp;open=1"


# Forms


class RoomForm(forms.Form):
    day = forms.ChoiceField(choices=[("2026-11-24", "Today"), ("2026-11-28", "Sat")])
    headcount = forms.IntegerField(max_value=30, help_text="At most 30", widget=Stepper(by=5))
    rules = forms.BooleanField(label="I accept")


def test_a_wrong_field_says_so_to_everybody() -> None:
    html = RoomForm({"headcount": "45"})["headcount"].as_field_group()
    assert 'class="field is-invalid"' in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_headcount_helptext id_headcount_error"' in html
    assert 'id="id_headcount_helptext"' in html
    assert 'id="id_headcount_error"' in html


def test_the_buttons_of_a_stepper_wait_for_the_script() -> None:
    html = RoomForm()["headcount"].as_field_group()
    assert html.count('<button type="button" hidden') == 2
    assert 'data-by="-5"' in html


def test_days_are_radio_buttons_in_a_group_with_a_name() -> None:
    context = {"name": "day", "days": [dt.date(2026, 11, 24), dt.date(2026, 11, 28)], "chosen": dt.date(2026, 11, 28)}
    picker = render_to_string("components/_day_picker.html", {**context, "legend": "Day"})
    html = re.sub(r"\s*([<>])\s*", r"\1", picker)
    assert "<fieldset" in html
    assert ">Day</legend>" in html
    assert html.count('type="radio"') == 2
    assert html.count("checked") == 1
    assert "<span>Sat</span><b>28</b>" in html


def test_a_check_box_stands_inside_its_own_label() -> None:
    html = RoomForm()["rules"].as_field_group()
    assert html.index('<label class="checkbox"') < html.index('type="checkbox"') < html.index("I accept")


def test_an_error_summary_links_to_the_fields() -> None:
    form = RoomForm({"day": "2026-11-28", "headcount": "45", "rules": "on"})
    html = render_to_string("components/_error_summary.html", {"form": form})
    assert 'role="alert"' in html
    assert 'href="#id_headcount"' in html
    assert render_to_string("components/_error_summary.html", {"form": RoomForm()}).strip() == ""


# The frame


@pytest.mark.parametrize("page", ["400.html", "500.html"])
def test_the_pages_of_last_resort_need_no_context(page: str) -> None:
    html = render_to_string(page)
    assert "<h1>" in html
    assert 'href="/"' in html


def test_no_template_and_no_style_sheet_breaks_the_content_policy() -> None:
    templates = [path for root in settings.TEMPLATES[0]["DIRS"] for path in Path(root).rglob("*.html")]
    assert templates
    for path in templates:
        text = path.read_text(encoding="utf-8")
        assert " style=" not in text, path
        assert "<style" not in text, path
        assert " onclick=" not in text, path
        assert "<script>" not in text, path

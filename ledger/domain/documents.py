"""Documents as Typst sets them (templates/ledger/document.typ): facts put into words of the page's language."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from activities.choices import ActivityFormat, ActivityKind, Audience, WorkLine
from bookings.choices import Purpose
from common import clock
from common.months import Month
from common.words.names import CENTER
from common.words.numbers import people_words
from common.words.times import clock_span, clock_words, date_words, span_words
from ledger.choices import ExportKind
from ledger.values.facts import ActivityFacts, Correction, DayActivity, DayFacts, GroupCount, PhotoFact, UseFact

Section = dict[str, Any]
NAMES_A_LINE, NAMES_OF_GROUP_A_LINE = 4, 6


def activity_document(facts: ActivityFacts, *, stamp: Mapping[str, str], images: Mapping[str, str]) -> dict[str, Any]:
    """Document of one activity. `images`: path of each photo that there is, by its name."""
    title = f"{_('Ledger of an activity')} · {facts.title}"
    return {
        **_frame(title, facts.center, stamp),
        "subtitle": f"{facts.center} · {full_span(facts)}",
        "new_page": False,
        "opening": [],
        "entries": [activity_entry(facts, images)],
    }


def month_document(
    center: str, month: Month, ledgers: Sequence[ActivityFacts], *, stamp: Mapping[str, str], images: Mapping[str, str]
) -> dict[str, Any]:
    """Document of a month: a table of all its activities, then each on a page of its own."""
    rows = [
        [
            date_words(facts.starts_at),
            facts.title,
            kind_words(facts.kind),
            "—" if facts.attendance is None else str(facts.attendance),
        ]
        for facts in ledgers
    ]
    people = sum(facts.attendance or 0 for facts in ledgers)
    counted = ngettext("{n} activity", "{n} activities", len(ledgers)).format(n=len(ledgers))
    return {
        **_frame(f"{_('Ledger of a month')} · {month_words(month)}", center, stamp),
        "subtitle": f"{center} · {counted} · {people_words(people)}",
        "new_page": True,
        "opening": [
            {
                "kind": "table",
                "heading": _("Contents"),
                "head": [_("Day"), _("Activity"), _("Kind"), _("People")],
                "widths": [3, 7, 3, 2],
                "rows": rows,
            }
        ],
        "entries": [activity_entry(facts, images) for facts in ledgers],
    }


def work_log_document(
    center: str, month: Month, days: Sequence[DayFacts], *, stamp: Mapping[str, str]
) -> dict[str, Any]:
    """Document of a month's work log: a table of its days."""
    rows = [[date_words(day.day), "\n".join(day_lines(day)) or _("Nothing recorded.")] for day in days]
    table = {"kind": "table", "heading": "", "head": [_("Day"), _("What happened")], "widths": [2, 9], "rows": rows}
    return {
        **_frame(f"{_('Work log')} · {month_words(month)}", center, stamp),
        "subtitle": center,
        "new_page": False,
        "opening": [table],
        "entries": [],
    }


def stamp_of(kind: ExportKind, scope: str, made_at: dt.datetime, who: str, checksum: str) -> dict[str, str]:
    """Words of the foot of each page: scope, when and by whom it was made, and the checksum of what it says."""
    made = date_format(clock.local(made_at), "Y-m-d H:i")
    stamp = _("{kind} · {scope} · made {when} by {who}").format(kind=kind.label, scope=scope, when=made, who=who)
    return {"stamp": stamp, "checksum": f"SHA-256 {checksum}"}


def activity_entry(facts: ActivityFacts, images: Mapping[str, str]) -> dict[str, Any]:
    """Part of one activity: plan, notice, sign-in, record with corrections, photos."""
    sections = [
        _plan(facts),
        _text(_("Notice"), "\n".join(notice_lines(facts)) or _("No notice was given.")),
        *_sign_in(facts),
        *_record(facts),
        *_corrections(facts.corrections),
        *_photos(facts, images),
    ]
    return {"title": facts.title, "subtitle": f"{kind_words(facts.kind)} · {full_span(facts)}", "sections": sections}


def notice_lines(facts: ActivityFacts) -> list[str]:
    """Lines of the notice: since when its page was public, and the text; none where nobody was told."""
    return [words for words in (published_words(facts), facts.notice) if words]


def published_words(facts: ActivityFacts) -> str:
    """11月24日 周二 10:05 发布; empty for what had no page."""
    return _("Published {when}").format(when=_moment(facts.published_at)) if facts.published_at else ""


def full_span(facts: ActivityFacts | DayActivity | UseFact) -> str:
    """11月28日 周六 9:00–11:00."""
    return span_words(facts.starts_at, facts.ends_at, full=True)


def kind_words(kind: str) -> str:
    return str(ActivityKind(kind).label)


def month_words(month: Month) -> str:
    """2026年11月 / November 2026."""
    return date_format(month.first, "YEAR_MONTH_FORMAT")


def day_lines(day: DayFacts) -> list[str]:
    """Lines of a day in the work log, in words."""
    lines = [activity_words(one) for one in day.activities]
    lines += [use_words(one) for one in day.uses]
    if day.approved or day.rejected:
        lines.append(decided_words(day))
    if day.line:
        lines.append(_("{line} (written by {who})").format(line=day.line.text, who=day.line.who))
    return lines


def activity_words(one: DayActivity) -> str:
    """14:00–16:00 活动：新春送福，42人. 送出春联六十副."""
    times = clock_span(one.starts_at, one.ends_at)
    words = _("{times} {kind}: {title}, {people}").format(
        times=times, kind=kind_words(one.kind), title=one.title, people=people_words(one.attendance)
    )
    if one.led_by:
        words = _("{activity} (led by {center})").format(activity=words, center=one.led_by.removesuffix(CENTER))
    return _("{activity}. {note}").format(activity=words, note=one.note) if one.note else words


def use_words(one: UseFact) -> str:
    """9:00–11:00 多功能厅：居民会议，8人."""
    times = clock_span(one.starts_at, one.ends_at)
    return _("{times} {room} used: {purpose}, {people}").format(
        times=times, room=one.room, purpose=purpose_words(one.purpose), people=people_words(one.people)
    )


def purpose_words(purpose: str) -> str:
    return str(Purpose(purpose).label)


def decided_words(day: DayFacts) -> str:
    """办理场地申请：通过3件，驳回1件."""
    parts = [
        _("{n} approved").format(n=day.approved) if day.approved else "",
        _("{n} rejected").format(n=day.rejected) if day.rejected else "",
    ]
    return _("Requests for rooms decided: {what}").format(what=_(", ").join(filter(None, parts)))


def _frame(title: str, center: str, stamp: Mapping[str, str]) -> dict[str, Any]:
    language = (get_language() or "").lower()
    lang, region = ("zh", "cn") if language.startswith("zh") else ("en", "gb")
    confidential = _("Internal: not to be published")
    return {"title": title, "center": center, "confidential": confidential, "lang": lang, "region": region, **stamp}


def _text(heading: str, text: str) -> Section:
    return {"kind": "text", "heading": heading, "text": text}


def _note(text: str, heading: str = "") -> Section:
    return {"kind": "note", "heading": heading, "text": text}


def _plan(facts: ActivityFacts) -> Section:
    low, high = facts.ages
    ages = "" if low is None and high is None else f"{low or 0}–{'' if high is None else high}"
    rows = [
        (_("When"), full_span(facts)),
        (_("Place"), facts.place),
        (_("Led by"), facts.center),
        (_("Hosted with"), _(", ").join(facts.co_hosts)),
        (_("Line of work"), str(WorkLine(facts.line).label)),
        (_("Theme"), facts.theme),
        (_("Campaign"), facts.campaign),
        (_("Format"), str(ActivityFormat(facts.format).label)),
        (_("Audience"), str(Audience(facts.audience).label)),
        (_("Ages"), ages),
        (_("Places"), "" if facts.capacity is None else str(facts.capacity)),
        (_("Contact"), facts.contact_post),
        (_("Number"), facts.reference),
    ]
    return {"kind": "facts", "heading": _("Plan"), "rows": [[label, value] for label, value in rows if value]}


def _sign_in(facts: ActivityFacts) -> Iterable[Section]:
    yield _note(sign_in_words(facts), _("Sign-in"))
    if facts.arrivals:
        names = [[arrival.name, clock_words(arrival.at)] for arrival in facts.arrivals]
        yield {"kind": "names", "heading": "", "columns": NAMES_A_LINE, "names": names}
    for group in facts.groups:
        yield from _group(group)


def sign_in_words(facts: ActivityFacts) -> str:
    """Numbers of people who signed up, were checked in, came with an organisation, and were counted besides."""
    told = _("{signed_up} signed up, {here} of them checked in; {groups} came with an organisation, {others} besides.")
    return told.format(
        signed_up=facts.signed_up,
        here=len(facts.arrivals),
        groups=sum(group.count for group in facts.groups),
        others=facts.walked_in,
    )


def _group(group: GroupCount) -> Iterable[Section]:
    words = f"{group.organization} · {people_words(group.count)} · {clock_words(group.at)}"
    yield _note(words)
    if group.names:
        names = [[name, ""] for name in group.names]
        yield {"kind": "names", "heading": "", "columns": NAMES_OF_GROUP_A_LINE, "names": names}


def _record(facts: ActivityFacts) -> Iterable[Section]:
    if facts.attendance is None or facts.recorded_at is None:
        yield _note(_("Not recorded yet."), _("Summary"))
        return
    rows = [
        [_("People who came"), people_words(facts.attendance)],
        [_("One line"), facts.note or "—"],
        [
            _("Recorded"),
            f"{_moment(facts.recorded_at)} {facts.recorded_by}".strip(),
        ],
    ]
    yield {"kind": "facts", "heading": _("Summary"), "rows": rows}


def _corrections(corrections: Sequence[Correction]) -> Iterable[Section]:
    if corrections:
        yield {
            "kind": "table",
            "heading": _("Corrections"),
            "head": [_("When"), _("Who"), _("What"), _("Why")],
            "widths": [3, 2, 5, 5],
            "rows": [
                [_moment(one.at), one.who or "—", "\n".join(changes_words(one)), one.reason] for one in corrections
            ],
        }


def changes_words(correction: Correction) -> list[str]:
    """Each field that was corrected, before and after."""
    labels = {"attendance": _("People who came"), "note": _("One line")}
    return [
        _("{field}: {before}, then {after}").format(
            field=labels.get(name, name), before=_said(before), after=_said(after)
        )
        for name, before, after in correction.changes
    ]


def _moment(moment: dt.datetime) -> str:
    """11月28日 周六 9:05: the date always stands, since a document is read later."""
    return f"{date_words(moment)} {clock_words(moment)}"


def _said(value: Any) -> str:
    return "—" if value in (None, "") else str(value)


def _photos(facts: ActivityFacts, images: Mapping[str, str]) -> Iterable[Section]:
    if not facts.photos:
        yield _note(_("No photo was kept."), _("Photos"))
        return
    photos = [_photo(number, photo, images) for number, photo in enumerate(facts.photos, start=1)]
    yield {"kind": "photos", "heading": _("Photos"), "photos": photos}


def _photo(number: int, photo: PhotoFact, images: Mapping[str, str]) -> dict[str, str]:
    path = images.get(photo.name, "")
    words = _("Photo {n} of the activity").format(n=number)
    return {"path": path, "words": words if path else _("{photo}: its file is missing").format(photo=words)}

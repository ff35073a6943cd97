"""Words for verdicts, questions and their answers, in the sheet's own terms and the reader's language."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from activities.choices import ActivityKind
from common import clock
from common.words.numbers import people_words
from common.words.times import clock_span
from imports.values.asking import LEAVE
from imports.values.reading import Values

WORDS: dict[str, Promise] = {
    # Questions.
    "which_day": _("Which day is “%(said)s”?"),
    "which_day_of_month": _("“%(said)s” lost its last digit: which day is it?"),
    "which_year": _("“%(said)s” has no year."),
    "no_such_day": _("There is no “%(said)s”: that month has %(last)s days."),
    "which_time": _("“%(said)s” doesn't say at what time."),
    "which_number": _("“%(said)s” is more than one number. How many came?"),
    "about_number": _("“%(said)s” isn't a number."),
    "people_of_several": _("“%(said)s” stands once for several rows and is counted at the first. And at this one?"),
    "which_kind": _("“%(said)s” isn't a known kind of activity."),
    "note_too_long": _("The note has more than %(most)s characters: “%(said)s”"),
    "sum_row": _("“%(said)s” looks like a sum, not an activity."),
    "hidden_row": _("This row is hidden in the sheet."),
    "looks_alike": _("The portal has one much like it: %(title)s, %(people)s people."),
    "other_time": _("The portal has “%(title)s” on that day at %(at)s. Is this another one?"),
    "twice_in_file": _("Row %(row)s is the same with %(people)s people. Is this another one?"),
    "changed": _("The portal has %(before)s people, the sheet %(after)s."),
    "organization_added": _("The portal has this inspection; the organisation inspected is added to it."),
    # Faults.
    "title_missing": _("The title is missing."),
    "too_long": _("“%(said)s” is too long: at most %(most)s characters."),
    "day_missing": _("The date is missing."),
    "day_unreadable": _("“%(said)s” isn't a date that can be read."),
    "day_is_month": _("“%(said)s” is a month, not a day."),
    "time_unreadable": _("The time in “%(said)s” can't be read."),
    "ends_before_start": _("It would end before it starts, at %(said)s."),
    "not_held_yet": _("%(said)s isn't past: only what was held is imported."),
    "people_missing": _("The number of people is missing."),
    "people_unreadable": _("“%(said)s” isn't a number of people."),
    "people_out_of_range": _("“%(said)s” can't be a number of people: whole, from 0 to %(most)s."),
    "center_unknown": _("“%(said)s” is none of the centers you work for."),
    "center_ambiguous": _("Several centers are called “%(said)s”: write the center's code."),
    "number_differs": _("The activity of the number “%(said)s” has another title, day or kind."),
    "planned_here": _("“%(title)s” is planned in the portal and not recorded: record it there."),
    "gone_meanwhile": _("The activity was taken back meanwhile."),
    "not_recorded": _("It couldn't be recorded: %(why)s"),
    "not_corrected": _("The record couldn't be corrected: %(why)s"),
    # What isn't imported.
    "known_here": _("The portal has this activity."),
    "known_in_file": _("Row %(row)s is the same."),
    "headings_again": _("The headings again."),
    "title_row": _("A title: “%(said)s”"),
    "blank_row": _("Nothing in the columns that are imported."),
    "left_by_answer": _("Left out by you."),
}
NOTES: dict[str, Promise] = {
    "about": _("approximate number"),
    "day_only": _("the day alone"),
    "end_assumed": _("two hours assumed"),
    "line_unknown": _("line of work unknown"),
    "organization_missing": _("no organisation said, left out of coverage"),
    "organization_unknown": _("organisation unknown, left out of coverage"),
    "organization_added": _("the organisation inspected is added"),
}
ANSWERS: dict[str, Promise] = {
    LEAVE: _("Don't import it"),
    "day": _("Only the day"),
    "import": _("Import it"),
    "another": _("Another one, import it"),
    "apply": _("Correct the record"),
    "cut": _("Cut it"),
    "0": _("Count nobody here"),
}
LEAVES: dict[str, Promise] = {
    "looks_alike": _("The same, leave it out"),
    "other_time": _("The same, leave it out"),
    "twice_in_file": _("The same, leave it out"),
    "changed": _("Leave it as it is"),
}


def problem_words(code: str, params: Mapping[str, Any]) -> str:
    """Words of a row's question, fault or reason."""
    words = str(WORDS[code]) if code in WORDS else ""
    return words % params if params else words


def notes_words(notes: Sequence[str]) -> str:
    """Assumptions made in reading, in one phrase; blank for none."""
    return gettext(", ").join(str(NOTES[note]) for note in notes if note in NOTES)


def answer_words(code: str, answer: str) -> str:
    """Label of an answer to a question."""
    if answer == LEAVE and code in LEAVES:
        return str(LEAVES[code])
    if answer in ANSWERS:
        return str(ANSWERS[answer])
    say = SAID.get(code)
    return say(answer) if say else answer


def values_words(values: Values) -> str:
    """Activity as it would be recorded, in a line."""
    when = day_in_words(values.day)
    if values.has_time:
        when = f"{when} {clock_span(values.starts_at, values.ends_at)}"
    elif clock.local(values.ends_at).date() != values.day:
        when = f"{when}–{day_in_words(clock.local(values.ends_at).date())}"
    kind = str(ActivityKind(values.kind).label)
    return gettext(", ").join(
        part for part in (when, values.title, people_words(values.people), kind, values.place) if part
    )


def day_in_words(day: dt.date) -> str:
    """2026年9月3日: a day with its year."""
    return date_format(day, "DATE_FORMAT")


def revise_reason(file_name: str, number: int) -> str:
    """Reason of a correction, as history keeps it."""
    return gettext("Row %(row)s of %(file)s") % {"row": number, "file": file_name[:120]}


def undo_reason(file_name: str) -> str:
    """Reason of taking back, as history keeps it."""
    return gettext("Import of %(file)s taken back") % {"file": file_name[:120]}


def rows_words(count: int) -> str:
    return ngettext("%(n)d row", "%(n)d rows", count) % {"n": count}


SAID: dict[str, Callable[[str], str]] = {
    "which_day": lambda answer: day_in_words(dt.date.fromisoformat(answer)),
    "which_day_of_month": lambda answer: answer,
    "which_year": lambda answer: answer,
    "no_such_day": lambda answer: day_in_words(dt.date.fromisoformat(answer)),
    "which_time": lambda answer: answer.replace("-", "–"),
    "which_number": lambda answer: people_words(int(answer)),
    "about_number": lambda answer: people_words(int(answer)),
    "people_of_several": lambda answer: people_words(int(answer)),
    "which_kind": lambda answer: str(ActivityKind(answer).label),
}

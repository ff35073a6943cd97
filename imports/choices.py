"""States of an import, verdicts on its rows, and what a column can hold."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportState(models.TextChoices):
    COLUMNS = "columns", _("Columns to be matched")
    CHECKING = "checking", _("Being tried")
    CHECKED = "checked", _("Tried")
    WRITING = "writing", _("Being imported")
    DONE = "done", _("Imported")
    UNDOING = "undoing", _("Being taken back")
    UNDONE = "undone", _("Taken back")


# A worker is at it, or is to be.
RUNNING = (ImportState.CHECKING, ImportState.WRITING, ImportState.UNDOING)
# Its rows have verdicts and may be answered and written.
ANSWERABLE = (ImportState.CHECKED, ImportState.DONE)
STATE_TONES = {
    ImportState.COLUMNS: "warn",
    ImportState.CHECKED: "warn",
    ImportState.DONE: "ok",
    ImportState.UNDONE: "",
}


class Verdict(models.TextChoices):
    """Outcome of a row in the dry run."""

    NEW = "new", _("Can be imported")
    KNOWN = "known", _("Known, left out")
    CHANGED = "changed", _("Changed")
    ASKED = "asked", _("Asked")
    REFUSED = "refused", _("Refused")
    LEFT_OUT = "left_out", _("Not imported")


# Somebody has to decide.
OPEN = (Verdict.ASKED, Verdict.CHANGED)
TONES = {Verdict.NEW: "ok", Verdict.CHANGED: "warn", Verdict.ASKED: "warn", Verdict.REFUSED: "bad"}


class Column(models.TextChoices):
    """Content of a column of a sheet. A blank one isn't imported."""

    NONE = "", _("Not imported")
    TITLE = "title", _("Title")
    WHEN = "when", _("Date and time")
    START = "start", _("Start time")
    END = "end", _("End time")
    PEOPLE = "people", _("People who came")
    PLACE = "place", _("Place")
    KIND = "kind", _("Kind")
    LINE = "line", _("Line of work")
    CENTER = "center", _("Leading center")
    ORGANIZATION = "organization", _("Organisation inspected")
    NOTE = "note", _("Note")
    NUMBER = "number", _("Number in the portal")


NEEDED = (Column.TITLE, Column.WHEN, Column.PEOPLE)


class Kept(models.TextChoices):
    """Reason for which an undone import keeps an activity."""

    EDITED = "edited", _("changed since")
    REPORTED = "reported", _("reported since")

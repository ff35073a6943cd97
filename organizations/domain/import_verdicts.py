"""Verdicts on the rows of a sheet of organisations (new, known, changed, faulty), before anything is written.

The number of queries doesn't depend on the number of rows.
"""

import dataclasses
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.values.phones import mask_phone
from centers.models import Center, CenterAncestor
from common import clock
from common.errors import DomainError
from organizations.choices import PARTY, FieldOfWork, OrganizationType
from organizations.domain.hierarchy import Hierarchy, Place
from organizations.exceptions import FoundedAfterDissolution, NameTaken
from organizations.models import Organization, OrganizationCenter
from organizations.values.import_rows import ImportRow


class Outcome(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    KNOWN = "known"
    FAULTY = "faulty"


LABELS: dict[Outcome, Promise | str] = {
    Outcome.NEW: gettext_lazy("New"),
    Outcome.CHANGED: gettext_lazy("Changes"),
    Outcome.KNOWN: gettext_lazy("Known"),
    Outcome.FAULTY: gettext_lazy("Fault"),
}
TONES = {Outcome.NEW: "ok", Outcome.CHANGED: "warn", Outcome.KNOWN: "", Outcome.FAULTY: "bad"}


@dataclasses.dataclass
class Verdict:
    """Verdict on a row, with what it means in the database.

    `parent_id`: of the organisation above; the negative number of a row where that is new too. `changes`: values by
    field of a known one; `notes`: what is wrong, or what changes, in words.
    """

    row: ImportRow
    outcome: Outcome = Outcome.NEW
    center: Center | None = None
    organization: Organization | None = None
    parent_id: int | None = None
    changes: dict[str, Any] = dataclasses.field(default_factory=dict)
    notes: list[str] = dataclasses.field(default_factory=list)

    @property
    def key(self) -> int:
        """Id of the organisation in the hierarchy: its own, or the negative number of its row."""
        return self.organization.pk if self.organization else -self.row.number

    @property
    def label(self) -> Promise | str:
        return LABELS[self.outcome]

    @property
    def tone(self) -> str:
        return TONES[self.outcome]

    def fault(self, words: str) -> None:
        self.outcome = Outcome.FAULTY
        self.notes.append(words)


def judge(center: Center, rows: Sequence[ImportRow], *, with_changes: bool = True) -> list[Verdict]:
    """Verdict on each row, for whoever manages `center` and with it all centers below.

    Without `with_changes` rows that would change something count as known: that is what is written then.
    """
    return _Judge(center, rows, with_changes=with_changes).verdicts


class _Judge:
    """Run of a judgement: what is known, loaded once, and the verdicts reached by it, step by step."""

    def __init__(self, center: Center, rows: Sequence[ImportRow], *, with_changes: bool) -> None:
        self.center, self.with_changes, self.today = center, with_changes, clock.today()
        self.verdicts = [Verdict(row, notes=list(row.faults)) for row in rows]
        for verdict in self.verdicts:
            if verdict.row.is_faulty:
                verdict.outcome = Outcome.FAULTY
        self.hierarchy = Hierarchy.load()
        self._place()
        self._recognise()
        self._find_parents()
        self._compare()
        self._check_hierarchy()

    @property
    def sound(self) -> Iterable[Verdict]:
        return (verdict for verdict in self.verdicts if verdict.outcome != Outcome.FAULTY)

    def _place(self) -> None:
        """Find each row's center, by code or one of its names, among those below the one that is set up."""
        by_words: dict[str, dict[int, Center]] = defaultdict(dict)
        for one in Center.objects.under([self.center.pk], self.today):
            for words in (one.code, one.name, one.official_name, one.short_name):
                by_words[words][one.pk] = one
        for verdict in self.sound:
            words = verdict.row.center
            found = list(by_words.get(words, {}).values()) if words else [self.center]
            if len(found) == 1:
                verdict.center = found[0]
            elif found:
                verdict.fault(_("Several centers are called “%(said)s”. Give the code.") % {"said": words})
            else:
                verdict.fault(_("There is no center “%(said)s” here or below.") % {"said": words})

    def _recognise(self) -> None:
        """Find the organisations there are, by center and name; the second row about one of them is a fault."""
        centers = {verdict.center.pk for verdict in self.sound if verdict.center}
        standing = OrganizationCenter.objects.not_over(self.today).filter(center__in=centers)
        known: dict[tuple[int, str], Organization] = {}
        reserved = set()
        for row in standing.select_related("organization__liaison", "organization__parent"):
            identity = (row.center_id, row.organization.name)
            if row.organization.is_dissolved:
                continue
            if row.valid.lower is not None and row.valid.lower > self.today:
                reserved.add(identity)
            else:
                known[identity] = row.organization
        seen: dict[tuple[int, str], int] = {}
        for verdict in self.sound:
            assert verdict.center is not None  # noqa: S101 (found before)
            identity = (verdict.center.pk, verdict.row.name)
            if identity in seen:
                verdict.fault(_("The same organisation as in row %(number)s.") % {"number": seen[identity]})
                continue
            seen[identity] = verdict.row.number
            verdict.organization = known.get(identity)
            if verdict.organization is None and identity in reserved:
                verdict.fault(str(NameTaken()))

    def _find_parents(self) -> None:
        """Find the organisation above each by its name, in the sheet and among those there are; the nearest counts."""
        lineages: dict[int, dict[int, int]] = defaultdict(dict)
        centers = {verdict.center.pk for verdict in self.sound if verdict.center}
        edges = CenterAncestor.objects.on(self.today).filter(center__in=centers)
        for below, above, depth in edges.values_list("center", "ancestor", "depth"):
            lineages[below][above] = depth
        candidates = self._candidates({verdict.row.parent for verdict in self.sound if verdict.row.parent})
        for verdict in self.sound:
            words = verdict.row.parent
            if not words or verdict.center is None:
                continue
            steps = lineages[verdict.center.pk]
            by_distance: dict[float, set[int]] = defaultdict(set)
            for key, place in candidates[words].items():
                if key != verdict.key:
                    by_distance[steps.get(place, math.inf)].add(key)
            nearest = by_distance[min(by_distance)] if by_distance else set()
            if len(nearest) == 1:
                [verdict.parent_id] = nearest
            elif nearest:
                verdict.fault(_("Several organisations are called “%(said)s”.") % {"said": words})
            else:
                verdict.fault(_("There is no Party organisation “%(said)s”.") % {"said": words})

    def _candidates(self, names: set[str]) -> dict[str, dict[int, int]]:
        """Party organisations by name: their ids, and the center that each stands under."""
        found: dict[str, dict[int, int]] = defaultdict(dict)
        standing = OrganizationCenter.objects.on(self.today).filter(
            organization__name__in=names, organization__type__in=PARTY, organization__dissolved_on__isnull=True
        )
        for name, key, place in standing.values_list("organization__name", "organization", "center"):
            found[name][key] = place
        for verdict in self.sound:
            if verdict.row.type in PARTY and verdict.row.name in names and verdict.center:
                found[verdict.row.name][verdict.key] = verdict.center.pk
        return found

    def _compare(self) -> None:
        """Tell known rows from those that would change something. A blank cell changes nothing."""
        for verdict in self.sound:
            if verdict.organization is None:
                continue
            verdict.outcome = Outcome.KNOWN
            changes, notes = _changes(verdict, verdict.organization)
            ends, founded_on = verdict.organization.dissolved_on, changes.get("founded_on")
            if ends is not None and founded_on is not None and founded_on >= ends:
                verdict.fault(str(FoundedAfterDissolution()))
            elif changes and self.with_changes:
                verdict.outcome, verdict.changes, verdict.notes = Outcome.CHANGED, changes, notes

    def _check_hierarchy(self) -> None:
        """Check each row's place as if all were written; who stands below a faulty row is faulty too."""
        for verdict in self.verdicts:
            # Faulty ones too: others may stand below them.
            if verdict.organization is None and verdict.row.type:
                self.hierarchy.put(verdict.key, Place(verdict.row.type, verdict.parent_id))
            elif verdict.changes:
                before, changes = self.hierarchy.places[verdict.key], verdict.changes
                place = Place(changes.get("type", before.type), changes.get("parent", before.parent_id))
                self.hierarchy.put(verdict.key, place)
        for verdict in list(self.sound):
            if verdict.outcome in (Outcome.NEW, Outcome.CHANGED):
                try:
                    self.hierarchy.check(verdict.key)
                except DomainError as refusal:
                    verdict.fault(str(refusal))
        self._spread_faults()

    def _spread_faults(self) -> None:
        by_key = {verdict.key: verdict for verdict in self.verdicts}
        faulty = [
            verdict for verdict in self.verdicts if verdict.outcome == Outcome.FAULTY and not verdict.organization
        ]
        while faulty:
            above = faulty.pop()
            for verdict in by_key.values():
                if verdict.parent_id == above.key and verdict.outcome != Outcome.FAULTY:
                    verdict.fault(
                        _("The organisation above stands in row %(number)s, which has a fault.")
                        % {"number": above.row.number}
                    )
                    faulty.append(verdict)


def _changes(verdict: Verdict, known: Organization) -> tuple[dict[str, Any], list[str]]:
    """Changes that a row makes to the organisation there is: values by field, the liaison's too, and in words."""
    row = verdict.row
    changes: dict[str, Any] = {}
    notes = []

    def change(field: str, label: Any, value: Any, before: Any, shown: Any = str) -> None:
        if value not in ("", None) and value != before:
            changes[field] = value
            notes.append(
                _("%(field)s: %(before)s → %(after)s")
                % {"field": label, "before": shown(before) if before else _("blank"), "after": shown(value)}
            )

    change("type", _("Type"), row.type, known.type, lambda value: OrganizationType(value).label)
    change(
        "field_of_work",
        _("Field of work"),
        row.field_of_work,
        known.field_of_work,
        lambda value: FieldOfWork(value).label,
    )
    change("founded_on", _("Founded on"), row.founded_on, known.founded_on)
    names = {known.parent_id: known.parent.name if known.parent else ""}
    change(
        "parent",
        _("Party organisation above"),
        verdict.parent_id,
        known.parent_id,
        lambda pk: names.get(pk, row.parent),
    )
    liaison = getattr(known, "liaison", None)
    change("liaison", _("Liaison"), row.liaison, liaison.name if liaison else "")
    change("phone", _("Mobile"), row.phone, liaison.phone if liaison else "", mask_phone)
    return changes, notes

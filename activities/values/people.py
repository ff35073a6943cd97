"""People as their forms tell of them, made at the door and passed on whole."""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Mapping, Sequence

from activities.choices import Relation


@dataclasses.dataclass(frozen=True)
class Person:
    """Name, relation and, where an age rule asks, date of birth of somebody whom an account signs up."""

    name: str
    relation: str = Relation.SELF
    birth_date: dt.date | None = None


@dataclasses.dataclass(frozen=True)
class Party:
    """People signed up together: those chosen, dates of birth that were missing, those who are new.

    `is_another_person`: said by who was asked about a person of the same name.
    """

    chosen: Sequence[int] = ()
    born: Mapping[int, dt.date] = dataclasses.field(default_factory=dict)
    newcomers: Sequence[Person] = ()
    guardian_consent: bool = False
    photo_consent: bool = False
    is_another_person: bool = False


@dataclasses.dataclass(frozen=True)
class Group:
    """People who came as one organisation: their number, their names, or both. `key`: of the form that tells it."""

    organization_id: int
    key: uuid.UUID
    count: int | None = None
    names: Sequence[str] = ()

    @property
    def size(self) -> int:
        """Number of people: as many as there are names, where nobody said one."""
        return len(self.names) if self.count is None else self.count

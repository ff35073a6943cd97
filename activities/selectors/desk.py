"""Context of an activity's desk: how many are here, who isn't yet, what was done last."""

import dataclasses
import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from activities.choices import CHANGEABLE, SEATED, ActivityState, SignUpState
from activities.domain.extras import Place, extras_of
from activities.domain.rules import Entry, age_at, entry_refusals, window_refusal
from activities.exceptions import BirthDateMissing, ConsentMissing, SignUpError, TooOld, TooYoung
from activities.models import Activity, ActivityEvent, SignUp, WalkIn
from activities.selectors.details import detail_facts
from common import clock

# What is told of a person whom a rule of signing up would refuse today.
DOUBTS: dict[type[SignUpError], Promise] = {
    BirthDateMissing: _("age unknown"),
    TooYoung: _("age doesn't fit"),
    TooOld: _("age doesn't fit"),
    ConsentMissing: _("no guardian consent"),
}
FILTER_FROM = 10
DIGITS_OF_A_PHONE = 4


@dataclasses.dataclass(frozen=True)
class DeskPerson:
    """A sign-up as the desk shows it. `age`: on the day, where the date of birth is known.

    `doubts`: why the person wouldn't be signed up today, in words: a rule, the day or a date of birth changed since.
    Nobody is taken out for it but by who works there.
    """

    sign_up: SignUp
    age: int | None
    doubts: tuple[Promise, ...] = ()

    @property
    def name(self) -> str:
        return self.sign_up.participant.name

    @property
    def has_phone(self) -> bool:
        return bool(self.sign_up.participant.reachable_phone)

    def matches(self, text: str) -> bool:
        """Whether the name holds `text`, or the number, or the code, ends in it."""
        ends = (self.sign_up.participant.reachable_phone, self.sign_up.code)
        return text in self.name or (len(text) >= DIGITS_OF_A_PHONE and any(end.endswith(text.upper()) for end in ends))


@dataclasses.dataclass(frozen=True)
class LastAct:
    """The last check-in or count that still stands, to be taken back."""

    at: dt.datetime
    sign_up: SignUp | None = None
    walk_in: WalkIn | None = None


@dataclasses.dataclass(frozen=True)
class Door:
    """People of an activity: not here yet, here (the latest first), waiting, and counted without a sign-up.

    `groups`: those of the counted who came as one organisation.
    """

    missing: list[DeskPerson]
    here: list[DeskPerson]
    waiting: list[DeskPerson]
    walked_in: int
    groups: list[WalkIn]
    last: LastAct | None

    @property
    def doubtful(self) -> int:
        """Number of people who signed up, or wait, and don't fit any more."""
        return sum(bool(person.doubts) for person in (*self.missing, *self.here, *self.waiting))

    @property
    def total(self) -> int:
        return len(self.here) + self.walked_in

    @property
    def signed_up(self) -> int:
        return len(self.here) + len(self.missing)


def door_of(activity: Activity) -> Door:
    """Everybody who signed up or was counted. Two queries."""
    live = activity.sign_ups.live().select_related("participant__account").order_by("id")
    people = [
        DeskPerson(sign_up, age_at(activity, sign_up.participant), _doubts(activity, sign_up)) for sign_up in live
    ]
    counts = list(activity.walk_ins.select_related("reversed_by", "organization", "group_names"))
    standing = [one for one in counts if one.reverses_id is None and not hasattr(one, "reversed_by")]
    here = [person for person in people if person.sign_up.checked_in_at is not None]
    here.sort(key=lambda person: (person.sign_up.checked_in_at, person.sign_up.pk), reverse=True)
    return Door(
        missing=[one for one in people if one.sign_up.state in SEATED and one.sign_up.checked_in_at is None],
        here=here,
        waiting=[person for person in people if person.sign_up.state == SignUpState.WAITING],
        walked_in=sum(count.count for count in counts),
        groups=[count for count in standing if count.organization_id is not None],
        last=_last_act(here, standing),
    )


def _doubts(activity: Activity, sign_up: SignUp) -> tuple[Promise, ...]:
    """Doubts about a person while the activity isn't recorded: afterwards there is nothing left to decide."""
    if activity.state != ActivityState.PUBLISHED:
        return ()
    entry = Entry(sign_up.participant, guardian_consent=sign_up.guardian_consent)
    return tuple(dict.fromkeys(DOUBTS[type(refusal)] for refusal in entry_refusals(activity, entry)))


def _last_act(here: list[DeskPerson], standing: list[WalkIn]) -> LastAct | None:
    acts = [LastAct(one.at, walk_in=one) for one in standing[-1:]]
    acts += [LastAct(one.sign_up.checked_in_at, sign_up=one.sign_up) for one in here[:1] if one.sign_up.checked_in_at]
    return max(acts, key=lambda act: act.at, default=None)


def desk_page(activity: Activity, asked: str = "") -> dict[str, Any]:
    """Context of the desk. `asked`: name, last four digits or code to find in the list."""
    door, now = door_of(activity), clock.now()
    is_open = activity.state == ActivityState.PUBLISHED and now >= activity.door_opens_at
    text = asked.strip()
    return {
        "activity": activity,
        "center": activity.center,
        "door": door,
        "missing": [person for person in door.missing if not text or person.matches(text)],
        "asked": text,
        "has_filter": len(door.missing) > FILTER_FROM or bool(text),
        "is_open": is_open,
        "has_begun": is_open or activity.has_begun,
        "opens_at": activity.door_opens_at,
        "takes_sign_ups": window_refusal(activity, now) is None,
        "can_take_out": activity.state == ActivityState.PUBLISHED and not activity.has_begun,
        "can_edit": activity.state in CHANGEABLE and activity.ends_at > now,
        "can_publish": activity.state == ActivityState.DRAFT and not activity.has_begun,
        "can_cancel": activity.state in CHANGEABLE,
        "can_record": activity.state == ActivityState.PUBLISHED and activity.has_begun,
        "is_recorded": activity.attendance is not None,
        "record": getattr(activity, "record", None) if activity.attendance is not None else None,
        "is_archived": activity.state == ActivityState.ARCHIVED,
        "facts": detail_facts(activity),
        "copy_url": f"{reverse('activities:manage_create')}?copy={activity.reference}",
        "origins": extras_of(activity, Place.ORIGIN),
        "links": extras_of(activity, Place.DESK_LINK),
        "events": events_of(activity),
        "extras": extras_of(activity, Place.DESK),
    }


def events_of(activity: Activity) -> list[ActivityEvent]:
    """Events of an activity, in order. One query."""
    return list(activity.events.select_related("actor").order_by("id"))


def names_without_photo_consent(activity: Activity) -> list[str]:
    """Names of the people who were here and didn't agree, signing up, to be shown in photos. One query."""
    here = activity.sign_ups.filter(checked_in_at__isnull=False, photo_consent=False)
    return list(here.order_by("participant__name").values_list("participant__name", flat=True))

"""Context of an activity's page: facts, free places, one's people and why one of them can't come, clashes."""

import dataclasses
from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from activities.choices import ActivityFormat, Audience, Relation, SignUpState
from activities.domain.extras import Place, extras_of
from activities.domain.rules import Entry, age_at, entry_refusal, needs_birth_date, needs_consent, window_refusal
from activities.exceptions import ActivityError, BirthDateMissing
from activities.models import Activity, Participant, SignUp
from activities.selectors.details import public_facts
from activities.selectors.rows import capacity_words, for_whom, most_telling, place_of, tag_of
from activities.selectors.series import series_context
from activities.values.ages import ADULT
from bookings.models import Booking
from centers.access import Viewer
from common.words.times import deadline_words, span_words

SEATS_DRAWN = 40
DRAWING_WIDTH, GAP = 320.0, 3.0
BORN = "born_"


@dataclasses.dataclass(frozen=True)
class PersonOption:
    """One of the account's people, who can come or can't. `sign_up`: the one that stands; `refusal`: why not."""

    participant: Participant
    note: str
    sign_up: SignUp | None
    refusal: ActivityError | None
    asks_birth_date: bool
    needs_consent: bool

    @property
    def birth_field(self) -> str:
        """Name of the field in which a missing date of birth is asked."""
        return f"{BORN}{self.participant.pk}"

    @property
    def can_come(self) -> bool:
        return self.sign_up is None and self.refusal is None


@dataclasses.dataclass(frozen=True)
class Seat:
    """Rectangle of the drawing of the places."""

    x: str
    width: str
    is_taken: bool


@dataclasses.dataclass(frozen=True)
class Clash:
    """Something of one's own at the same time."""

    when: str
    what: str
    url: str


def person_options(user: Viewer, activity: Activity) -> list[PersonOption]:
    """The people of an account: who can come, then who can't; oneself first. Two queries; none for visitors."""
    if not user.is_authenticated:
        return []
    people = sorted(Participant.objects.of_account(user), key=lambda one: (one.relation != Relation.SELF, one.pk))
    live = SignUp.objects.own(user).live().filter(activity=activity)
    standing = {sign_up.participant_id: sign_up for sign_up in live}
    options = [_option(activity, person, standing.get(person.pk)) for person in people]
    return sorted(options, key=lambda option: (not option.can_come, option.asks_birth_date))


def _option(activity: Activity, person: Participant, sign_up: SignUp | None) -> PersonOption:
    refusal = entry_refusal(activity, Entry(person, guardian_consent=True))
    asks = isinstance(refusal, BirthDateMissing)
    age = age_at(activity, person)
    words = [] if age is None else [ngettext("{n} year old on the day", "{n} years old on the day", age).format(n=age)]
    if person.relation != Relation.SELF or not words:
        words.insert(0, str(person.get_relation_display()))
    return PersonOption(
        participant=person,
        note=_(", ").join(words),
        sign_up=sign_up,
        refusal=None if asks else refusal,
        asks_birth_date=asks,
        needs_consent=needs_consent(activity, person),
    )


def usual_choice(activity: Activity, options: Iterable[PersonOption]) -> list[str]:
    """Numbers of those ticked already: oneself, or the only one who can come; nobody where children are meant."""
    free = [option for option in options if option.can_come and not option.asks_birth_date]
    own = [option for option in free if option.participant.relation == Relation.SELF]
    if activity.audience == Audience.CHILDREN:
        own = []
    chosen = own[:1] or (free if len(free) == 1 else [])
    return [str(option.participant.pk) for option in chosen]


def activity_page(user: Viewer, activity: Activity, options: list[PersonOption]) -> dict[str, Any]:
    """Context of an activity with center, room, series and co-hosts loaded. Six queries at most, extras aside."""
    own = [option.sign_up for option in options if option.sign_up]
    states = {sign_up.state for sign_up in own}
    refusal = window_refusal(activity)
    return {
        "activity": activity,
        "center": activity.center,
        "hosts": [host for host in activity.co_hosts.all() if host.pk != activity.center_id],
        "tag": tag_of(activity, most_telling(states)),
        "place_tag": tag_of(activity),
        "for_whom": for_whom(activity),
        "facts": public_facts(activity),
        "place": place_of(activity),
        "is_online": activity.format != ActivityFormat.ON_SITE,
        "online_url": activity.online_url if SignUpState.IN in states else "",
        "capacity_words": capacity_words(activity),
        "seats": seats_drawn(activity),
        "seats_words": seats_words(activity),
        "closes": closing_words(activity) if refusal is None else "",
        "refusal": refusal,
        "can_join": refusal is None and activity.is_listed,
        "will_wait": activity.is_full,
        "options": options,
        "own": own,
        "asks_birth_date": needs_birth_date(activity),
        "asks_consent": asks_consent(activity, options),
        "clashes": clashes(user, activity) if refusal is None else [],
        "extras": extras_of(activity, Place.PUBLIC),
        "tag_links": tag_links(activity),
        **series_context(activity),
    }


def tag_links(activity: Activity) -> list[dict[str, str]]:
    """Theme and campaign of an activity, each with the list of what else is held under it from that day on."""
    address = f"{reverse('activities:activity_list')}?reach=everywhere&week={activity.day}"
    found = {"theme": activity.theme, "campaign": activity.campaign}
    return [{"name": tag.shown_name, "url": f"{address}&{name}={tag.pk}"} for name, tag in found.items() if tag]


def asks_consent(activity: Activity, options: Iterable[PersonOption]) -> bool:
    """Whether a minor may be among those who come."""
    for_minors = activity.audience in (Audience.CHILDREN, Audience.FAMILIES) or (activity.max_age or ADULT) < ADULT
    return for_minors or any(option.can_come and option.needs_consent for option in options)


def closing_words(activity: Activity) -> str:
    """Until when one signs up, where that is before the start; empty else."""
    if activity.closes_at >= activity.starts_at:
        return ""
    return _("Sign up {when}").format(when=deadline_words(activity.closes_at))


def seats_words(activity: Activity) -> str:
    """16 places, 10 taken, 6 left."""
    if activity.capacity is None:
        return ""
    return _("{n} places, {taken} taken, {left} left").format(
        n=activity.capacity, taken=activity.seats_taken, left=activity.places_left
    )


def seats_drawn(activity: Activity) -> list[Seat]:
    """The places as rectangles side by side, the taken ones first; of many, two bars by their share."""
    capacity, taken = activity.capacity, activity.seats_taken
    if not capacity:
        return []
    if capacity > SEATS_DRAWN:
        width = DRAWING_WIDTH * taken / capacity
        parts = [(0.0, width, True), (width, DRAWING_WIDTH - width, False)]
        return [Seat(f"{x + 1:.1f}", f"{wide - 2:.1f}", is_taken) for x, wide, is_taken in parts if wide > GAP]
    pitch = DRAWING_WIDTH / capacity
    return [Seat(f"{n * pitch + 1:.1f}", f"{pitch - GAP:.1f}", n < taken) for n in range(capacity)]


def clashes(user: Viewer, activity: Activity) -> list[Clash]:
    """One's own bookings and sign-ups at the time of an activity: said before, never refused. Two queries."""
    if not isinstance(user, User):
        return []
    at_once = {"starts_at__lt": activity.ends_at, "ends_at__gt": activity.starts_at}
    bookings = Booking.objects.own(user).live().filter(**at_once)
    if activity.booking_id is not None:
        bookings = bookings.exclude(pk=activity.booking_id)
    of_activity = {f"activity__{name}": moment for name, moment in at_once.items()}
    sign_ups = SignUp.objects.own(user).live().coming().filter(**of_activity).exclude(activity=activity)
    return [
        *(
            Clash(span_words(one.starts_at, one.ends_at), one.space.shown_name, one.get_absolute_url())
            for one in bookings.select_related("space")
        ),
        *(
            Clash(
                span_words(one.activity.starts_at, one.activity.ends_at),
                f"{one.activity.title} ({one.participant.name})",
                one.get_absolute_url(),
            )
            for one in sign_ups.select_related("activity", "participant")
        ),
    ]

"""People who sign up for one activity, and what must hold of its places whatever they do."""

from activities.choices import SEATED, SignUpState, SignUpVerb
from activities.domain.rules import Entry
from activities.models import Activity, Participant, SignUp, SignUpEvent
from activities.services import sign_ups as services
from notifications.models import Outbox
from tests.factories.activities import make_participant
from tests.factories.bookings import make_booker


def people(count: int, first: int = 1) -> list[Participant]:
    """So many residents, each as themselves."""
    return [make_participant(make_booker(number)) for number in range(first, first + count)]


def enter(activity: Activity, person: Participant) -> SignUp:
    [made] = services.sign_up(actor=person.account, activity=activity, entries=[Entry(person)])
    return made


def leave(sign_up: SignUp) -> SignUp:
    return services.leave(actor=sign_up.participant.account, sign_up=sign_up)


def ids(activity: Activity, *states: SignUpState) -> list[int]:
    return list(activity.sign_ups.filter(state__in=states).order_by("id").values_list("pk", flat=True))


def assert_places_are_those_of_the_rows_and_given_in_order(activity: Activity) -> None:
    """Counted are the rows; nobody who waits came before somebody with a place, nor waits beside a free one."""
    activity.refresh_from_db()
    seated, waiting = ids(activity, *SEATED), ids(activity, SignUpState.WAITING)
    assert (activity.seats_taken, activity.waiting) == (len(seated), len(waiting))
    assert activity.capacity is not None and len(seated) <= activity.capacity
    if waiting:
        assert len(seated) == activity.capacity and max(seated) < min(waiting)


def assert_each_was_offered_a_place_once(activity: Activity) -> None:
    """One offer, one message: whoever was passed over or told twice would be found here."""
    offers = SignUpEvent.objects.filter(sign_up__activity=activity, verb=SignUpVerb.OFFER)
    codes = list(offers.order_by("id").values_list("sign_up__code", flat=True))
    told = Outbox.objects.filter(kind="activity_offered", subject_id__in=codes).order_by("id")
    assert list(told.values_list("subject_id", flat=True)) == codes
    assert len(set(codes)) == len(codes)
    numbers = list(offers.order_by("id").values_list("sign_up", flat=True))
    assert numbers == sorted(numbers), "offered in the order in which they signed up"

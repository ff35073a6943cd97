"""Messages to bookers: words that agree with the pages, sent while they are true."""

from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import translation

from accounts.models import User
from bookings.choices import ConfirmMode, Status, Verb
from bookings.messages import texts_of
from bookings.models import Booking, BookingEvent, Space
from bookings.services import booking as booking_services
from centers.choices import Role
from centers.models import Center, CenterRole
from common.messaging import sms
from common.messaging.errors import ChannelError
from notifications.models import InboxMessage, Outbox
from notifications.selectors.inbox import inbox_entries
from notifications.services.delivery import deliver, sweep
from notifications.values.texts import MessageText
from tests.factories.bookings import book, make_policy, slot
from tests.support.time import TestClock

REASON = "临时停电"
SINCE = [
    # what a booking is by now -> the kinds that are still true of it
    (Status.PENDING, {"booking_requested"}),
    (Status.APPROVED, {"booking_confirmed", "booking_approved"}),
    (Status.REJECTED, {"booking_rejected"}),
    (Status.CANCELLED, {"booking_cancelled"}),
    (Status.RELEASED, {"booking_released"}),
    (Status.EXPIRED, {"booking_expired"}),
]
KINDS = sorted(kind for _status, kinds in SINCE for kind in kinds)


class Channel:
    """A carrier that keeps what it is given; out of order while `is_down`."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.is_down = False

    def send(self, phone: str, text: str) -> None:
        if self.is_down:
            raise ChannelError("no carrier")
        self.texts.append(text)


@pytest.fixture
def channel(monkeypatch: pytest.MonkeyPatch) -> Channel:
    channel = Channel()
    monkeypatch.setattr(sms, "_channel", lambda path: channel)
    return channel


@pytest.fixture
def staff(village: Center) -> User:
    person = User.objects.create(username="staff")
    CenterRole.objects.create(user=person, center=village, role=Role.STAFF, valid=DateRange(None, None))
    return person


def text(kind: str, booking: Booking) -> MessageText:
    return texts_of(kind, [booking.reference])[booking.reference]


def move(booking: Booking, status: Status, verb: Verb, actor: User | None, reason: str = "") -> None:
    """Put the booking into a status as a service would; which service is no matter here."""
    BookingEvent.objects.create(
        booking=booking, verb=verb, actor=actor, at=booking.created_at, to_status=status, reason=reason
    )
    booking.status = status
    booking.save()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(
    "status", [Status.APPROVED, Status.REJECTED, Status.CANCELLED, Status.RELEASED, Status.EXPIRED]
)
def test_a_decision_has_one_name_in_messages_and_on_pages(
    status: Status, language: str, space: Space, resident: User
) -> None:
    booking = book(resident, space)
    Booking.objects.filter(pk=booking.pk).update(status=status)
    booking.refresh_from_db()
    with translation.override(language):
        assert text(f"booking_{status}", booking).title == str(booking.shown_status) == str(status.label)


@pytest.mark.parametrize(("status", "true"), SINCE)
def test_which_messages_are_still_true(status: Status, true: set[str], space: Space, resident: User) -> None:
    booking = book(resident, space)
    Booking.objects.filter(pk=booking.pk).update(status=status, decide_by=booking.starts_at)
    assert {kind for kind in KINDS if text(kind, booking).is_current} == true


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_is_told_after_the_time_as_it_was_booked(
    kind: str, space: Space, resident: User, clock: TestClock
) -> None:
    booking = book(resident, space, 9, 12)
    assert text(kind, booking).stale_after == slot(9, 12)[1]
    clock.move_to(slot(10, 11)[0])
    booking_services.release_early(actor=resident, booking=booking)
    assert text(kind, booking).stale_after == slot(9, 12)[1]


def test_each_reason_is_that_of_its_own_decision(space: Space, resident: User, staff: User) -> None:
    booking = book(resident, space)
    move(booking, Status.CANCELLED, Verb.CANCEL, staff, REASON)
    assert REASON in text("booking_cancelled", booking).body
    assert REASON not in text("booking_confirmed", booking).body + text("booking_rejected", booking).body


class TestEndedEarly:
    """A use that somebody ends before its time."""

    @pytest.fixture
    def booking(self, space: Space, resident: User, clock: TestClock) -> Booking:
        booking = book(resident, space, 9, 12)
        clock.move_to(slot(9.75, 12)[0])
        return booking

    def test_the_booker_is_told_when_staff_do_it(self, booking: Booking, staff: User, channel: Channel) -> None:
        booking_services.release_early(actor=staff, booking=booking, reason=REASON)
        message = Outbox.objects.get(kind="booking_released")
        assert (message.recipient_id, message.subject_id) == (booking.booker_id, booking.reference)
        assert deliver(message.pk) is True
        assert len(channel.texts) == 1 and "9:45" in channel.texts[0]

    def test_nobody_is_told_what_they_did_themselves(self, booking: Booking, resident: User) -> None:
        booking_services.release_early(actor=resident, booking=booking)
        assert not Outbox.objects.filter(kind="booking_released").exists()

    @pytest.mark.parametrize(
        ("language", "words"),
        [
            ("zh-hans", "今天 9:00–12:00：中心已于9:45提前结束这次使用。临时停电"),
            ("en", "Today 9:00–12:00: the center ended the use at 9:45. 临时停电"),
        ],
    )
    def test_it_says_the_true_end_and_the_reason(
        self, language: str, words: str, booking: Booking, staff: User
    ) -> None:
        booking_services.release_early(actor=staff, booking=booking, reason=REASON)
        booking.refresh_from_db()
        with translation.override(language):
            assert text("booking_released", booking).body.endswith(words)

    def test_earlier_messages_keep_the_time_as_it_was_booked(self, booking: Booking, staff: User) -> None:
        booking_services.release_early(actor=staff, booking=booking, reason=REASON)
        assert "9:00–12:00" in text("booking_confirmed", booking).body


def test_no_text_says_yours_after_one_that_says_cancelled(
    space: Space, city: Center, resident: User, staff: User, channel: Channel, clock: TestClock
) -> None:
    """The carrier is down while a booking is asked for, granted and cancelled."""
    make_policy(city, confirm_mode=ConfirmMode.STAFF)
    channel.is_down = True
    booking = book(resident, space)
    sweep(clock.now)
    clock.advance(minutes=8)
    booking_services.approve_booking(actor=staff, booking=booking)
    sweep(clock.now)
    clock.advance(minutes=8)
    booking_services.cancel_booking(actor=staff, booking=booking, reason=REASON)
    sweep(clock.now)
    channel.is_down = False
    for _ in range(20):
        clock.advance(minutes=5)
        sweep(clock.now)
    assert (
        len(channel.texts) == 1 and channel.texts[0].startswith("【平湖党群】已取消：") and REASON in channel.texts[0]
    )
    entries = inbox_entries(InboxMessage.objects.visible_to(resident))
    titles = [entry.text and entry.text.title for entry in entries]
    assert titles == ["已取消", "已通过", "已收到申请"]
    assert [entry.text and entry.text.is_current for entry in entries] == [True, False, False]


def test_who_takes_a_booking_back_gets_no_text_that_it_is_theirs(
    space: Space, resident: User, channel: Channel, clock: TestClock
) -> None:
    channel.is_down = True
    booking = book(resident, space)
    sweep(clock.now)
    booking_services.cancel_booking(actor=resident, booking=booking)
    channel.is_down = False
    clock.advance(minutes=1)
    sweep(clock.now)
    assert not channel.texts
    assert Outbox.objects.get().outcome == "superseded"


def test_words_cost_two_queries_however_many(space: Space, resident: User, django_assert_num_queries: Any) -> None:
    references = [book(resident, space, hour, hour + 0.5).reference for hour in (9, 11, 13)]
    with django_assert_num_queries(2):
        assert len(texts_of("booking_confirmed", references)) == 3

"""Study visits: asked for in time, withdrawn, confirmed into an activity or refused, and everybody told."""

import datetime as dt
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import PhoneReveal, User
from activities import exceptions as refused
from activities.choices import ActivityState, VisitState
from activities.domain import kind_messages
from activities.models import Activity, ReceptionDetail, VisitRequest
from activities.services.activities import cancel_activity, edit_activity
from activities.services.receptions import confirm_visit, refuse_visit, request_visit, withdraw_visit
from activities.values.plans import PLAN_FIELDS, ActivityPlan
from centers.choices import CalendarMark
from centers.models import CalendarOverride, Center
from notifications.models import Outbox
from tests.activities.shown_forms import sendable
from tests.factories.kinds import FIRST_VISIT, make_visit, make_wish
from tests.support.queries import assert_constant_queries
from tests.support.time import TestClock

ANSWER = {"title": "参观学习", "liaison": "前台"}
DAY = dt.timedelta(days=1)


def told() -> list[tuple[str, str]]:
    """Kinds of messages about visits, with who gets them, in order."""
    kinds = [name for name in Outbox.objects.values_list("kind", flat=True).distinct() if name.startswith("visit_")]
    rows = Outbox.objects.filter(kind__in=kinds).order_by("id")
    return list(rows.values_list("kind", "recipient__username"))


@pytest.fixture
def visit(village: Center, staff: User, resident: User) -> VisitRequest:
    return make_visit(resident, village)


@pytest.fixture
def asker(resident: User) -> Client:
    client = Client()
    client.force_login(resident)
    return client


@pytest.fixture
def client(staff: User) -> Client:
    client = Client()
    client.force_login(staff)
    return client


class TestAsking:
    def test_five_working_days_ahead(self, village: Center, staff: User, resident: User) -> None:
        with pytest.raises(refused.VisitTooSoon, match="12月1日"):
            make_visit(resident, village, FIRST_VISIT - DAY)
        assert make_visit(resident, village, FIRST_VISIT).state == VisitState.REQUESTED
        assert told() == [("visit_requested", "staff-of-village")]

    def test_holidays_of_the_centers_calendar_count(self, village: Center, resident: User) -> None:
        city = Center.objects.get(code="330482")
        CalendarOverride.objects.create(center=city, day=dt.date(2026, 11, 26), mark=CalendarMark.HOLIDAY)
        with pytest.raises(refused.VisitTooSoon):
            make_visit(resident, village, FIRST_VISIT)
        assert make_visit(resident, village, FIRST_VISIT + DAY)

    def test_the_end_is_after_the_start(self, village: Center, resident: User) -> None:
        with pytest.raises(refused.ActivityEndsBeforeStart):
            request_visit(actor=resident, center=village, wish=make_wish(start=11, end=10))

    def test_the_same_form_asks_once(self, village: Center, staff: User, resident: User) -> None:
        key = uuid.uuid4()
        made = {request_visit(actor=resident, center=village, wish=make_wish(), key=key).pk for _ in range(2)}
        assert len(made) == 1
        assert len(told()) == 1


class TestAnswering:
    def test_confirmed_it_is_a_visit_that_residents_dont_see(
        self, visit: VisitRequest, staff: User, village: Center
    ) -> None:
        activity = confirm_visit(actor=staff, visit=visit, title="参观学习", liaison="前台", route="红色教育区")
        assert (activity.kind, activity.state, activity.is_listed) == ("reception", ActivityState.PUBLISHED, False)
        assert (activity.starts_at, activity.center) == (visit.starts_at, village)
        detail = ReceptionDetail.objects.get(activity=activity)
        assert (detail.liaison, detail.route, detail.asked_on) == ("前台", "红色教育区", dt.date(2026, 11, 24))
        assert detail.confirmed_by == staff
        visit.refresh_from_db()
        assert (visit.state, visit.activity, visit.decided_by) == (VisitState.CONFIRMED, activity, staff)
        assert told()[-1] == ("visit_confirmed", "resident-1")

    def test_refused_with_a_reason(self, visit: VisitRequest, staff: User) -> None:
        with pytest.raises(refused.VisitReasonMissing):
            refuse_visit(actor=staff, visit=visit, reason=" ")
        refuse_visit(actor=staff, visit=visit, reason="当天布展")
        visit.refresh_from_db()
        assert (visit.state, visit.reason) == (VisitState.REFUSED, "当天布展")
        assert told()[-1] == ("visit_refused", "resident-1")
        assert "当天布展" in kind_messages.visit_texts("visit_refused", [visit.reference])[visit.reference].body

    def test_withdrawn_by_who_asked_alone(self, visit: VisitRequest, staff: User, resident: User) -> None:
        with pytest.raises(refused.ActivityNotAllowed):
            withdraw_visit(actor=staff, visit=visit)
        withdraw_visit(actor=resident, visit=visit)
        assert told()[-1] == ("visit_withdrawn", "staff-of-village")

    def test_answered_once(self, visit: VisitRequest, staff: User, resident: User) -> None:
        withdraw_visit(actor=resident, visit=visit)
        for answer in (
            lambda: confirm_visit(actor=staff, visit=visit, title="参观", liaison="前台"),
            lambda: refuse_visit(actor=staff, visit=visit, reason="满"),
            lambda: withdraw_visit(actor=resident, visit=visit),
        ):
            with pytest.raises(refused.VisitDecided):
                answer()
        assert not Activity.objects.exists()

    def test_by_those_who_work_there(self, visit: VisitRequest, resident: User) -> None:
        with pytest.raises(refused.ActivityNotAllowed):
            confirm_visit(actor=resident, visit=visit, title="参观", liaison="前台")
        with pytest.raises(refused.ActivityNotAllowed):
            refuse_visit(actor=resident, visit=visit, reason="满")

    def test_not_once_its_time_is_past(self, visit: VisitRequest, staff: User, clock: TestClock) -> None:
        clock.move_to(visit.starts_at)
        with pytest.raises(refused.PlannedInThePast):
            confirm_visit(actor=staff, visit=visit, title="参观", liaison="前台")
        visit.refresh_from_db()
        assert visit.is_open

    def test_holidays_published_after_it_was_asked_for_dont_stand_in_the_way(
        self, visit: VisitRequest, staff: User
    ) -> None:
        city = Center.objects.get(code="330482")
        CalendarOverride.objects.create(center=city, day=dt.date(2026, 11, 26), mark=CalendarMark.HOLIDAY)
        confirm_visit(actor=staff, visit=visit, title="参观", liaison="前台")
        assert ReceptionDetail.objects.get().short_notice_reason


class TestAfterwards:
    """Who asked learns what the center does with the activity."""

    def test_called_off(self, visit: VisitRequest, staff: User, asker: Client) -> None:
        activity = confirm_visit(actor=staff, visit=visit, title="参观", liaison="前台")
        cancel_activity(actor=staff, activity=activity, reason="台风")
        assert told()[-1] == ("visit_changed", "resident-1")
        page = asker.get(visit.get_absolute_url()).content.decode()
        assert "台风" in page
        text = kind_messages.visit_texts("visit_changed", [visit.reference])[visit.reference]
        assert text.is_current
        assert not kind_messages.visit_texts("visit_confirmed", [visit.reference])[visit.reference].is_current

    def test_moved_and_not_of_a_word(self, visit: VisitRequest, staff: User) -> None:
        activity = confirm_visit(actor=staff, visit=visit, title="参观", liaison="前台")

        def change(**fields: object) -> None:
            before = {name: getattr(activity, name) for name in PLAN_FIELDS}
            edit_activity(actor=staff, activity=activity, plan=ActivityPlan(**{**before, **fields}))  # type: ignore[arg-type]
            activity.refresh_from_db()

        change(title="参观学习")
        assert told()[-1][0] == "visit_confirmed"
        change(starts_at=activity.starts_at + dt.timedelta(minutes=30))
        assert told()[-1] == ("visit_changed", "resident-1")


class TestPages:
    def test_from_the_center_to_the_answer(
        self, asker: Client, client: Client, village: Center, staff: User, resident: User
    ) -> None:
        address = f"{reverse('activities:visit_create')}?center={village.code}"
        assert address in asker.get(village.get_absolute_url()).content.decode()
        page = asker.get(address)
        sent = {
            **sendable(page),
            "visiting_body": "演示参观单位",
            "level": "city_level",
            "contact_name": "演示联系人01",
        }
        assert (sent["center"], sent["day"]) == (village.code, FIRST_VISIT.isoformat())
        assert asker.post(address, sent).status_code == 302
        visit = VisitRequest.objects.get()
        assert asker.get(reverse("activities:visit_list")).context["page"].object_list[0] == visit
        queue = client.get(reverse("activities:visit_queue")).content.decode()
        decide = reverse("activities:visit_decide", args=[visit.reference])
        assert decide in queue
        shown = client.get(decide)
        assert resident.phone not in shown.content.decode()
        phone = client.post(reverse("activities:visit_phone", args=[visit.reference]))
        assert resident.phone in phone.content.decode()
        assert PhoneReveal.objects.get().subject == resident
        assert list(client.post(decide, {"title": "参观"}).context["form"].errors) == ["liaison"]
        done = client.post(decide, ANSWER)
        assert done["Location"] == Activity.objects.get().get_desk_url()
        assert "前台" in asker.get(visit.get_absolute_url()).content.decode()
        again = client.post(decide, ANSWER)
        assert again.status_code == 409

    def test_too_soon_stands_at_the_day_and_nothing_is_lost(self, asker: Client, village: Center) -> None:
        address = reverse("activities:visit_create")
        sent = sendable(asker.get(f"{address}?center={village.code}"))
        sent |= {
            "visiting_body": "演示单位",
            "level": "city_level",
            "contact_name": "联系人",
            "day": "2026-11-25",
            "note": "看展",
        }
        answer = asker.post(address, sent)
        assert answer.status_code == 409
        assert list(answer.context["form"].errors) == ["day"]
        assert answer.context["form"]["note"].value() == "看展"

    @pytest.mark.parametrize("query", ["", "?center=x", "?center=%00", "?center=330482"])
    def test_any_address_shows_the_form(self, asker: Client, village: Center, query: str) -> None:
        assert asker.get(f"{reverse('activities:visit_create')}{query}").status_code == 200

    def test_other_things_at_the_time_are_said(
        self, client: Client, visit: VisitRequest, staff: User, resident: User, village: Center
    ) -> None:
        other = make_visit(resident, village, visiting_body="另一单位")
        activity = confirm_visit(actor=staff, visit=other, title="别的参观", liaison="前台")
        page = client.get(reverse("activities:visit_decide", args=[visit.reference])).content.decode()
        assert activity.get_desk_url() in page

    def test_withdrawing_twice_says_so(self, asker: Client, visit: VisitRequest) -> None:
        address = reverse("activities:visit_withdraw", args=[visit.reference])
        for _ in range(2):
            assert asker.post(address).status_code == 302
        visit.refresh_from_db()
        assert visit.state == VisitState.WITHDRAWN

    @pytest.mark.parametrize("state", ["", "requested", "refused", "all", "nonsense"])
    def test_the_queue_is_filtered(self, client: Client, visit: VisitRequest, state: str) -> None:
        page = client.get(reverse("activities:visit_queue"), {"state": state})
        assert len(page.context["page"].object_list) == (0 if state == "refused" else 1)

    def test_lists_ask_the_same_number_of_questions(
        self, client: Client, asker: Client, village: Center, staff: User, resident: User
    ) -> None:
        def grow(count: int) -> None:
            for number in range(count):
                visit = make_visit(resident, village, FIRST_VISIT + number * DAY)
                confirm_visit(actor=staff, visit=visit, title="参观", liaison="前台")
                make_visit(resident, village, FIRST_VISIT + number * DAY)

        assert_constant_queries(grow, lambda: client.get(reverse("activities:visit_queue"), {"state": "all"}))
        assert_constant_queries(grow, lambda: asker.get(reverse("activities:visit_list")))

    def test_the_menu_counts_what_waits(self, client: Client, visit: VisitRequest) -> None:
        page = client.get(reverse("activities:manage_list")).content.decode()
        assert 'id="rail-visits"' in page

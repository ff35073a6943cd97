"""Inspections: findings, and what has to be put right until it is verified; overdue by the clock, told once."""

import datetime as dt
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from activities import exceptions as refused
from activities.choices import ActivityKind, ActivityState, RectificationState
from activities.domain import kind_messages
from activities.models import Activity, InspectionDetail, Photo, Rectification
from activities.selectors.inspections import urgent_count
from activities.services.chasing import chase_rectifications
from activities.services.inspections import (
    demand_rectification,
    do_rectification,
    send_back_rectification,
    verify_rectification,
    write_findings,
)
from centers.choices import Role
from centers.models import Center
from common import clock as portal_clock
from notifications.models import Outbox
from organizations.models import Organization
from tests.activities.shown_forms import sendable
from tests.factories.activities import make_activity
from tests.factories.centers import grant
from tests.factories.kinds import make_inspection, make_rectification
from tests.factories.organizations import make_organization
from tests.support.queries import assert_constant_queries
from tests.support.time import TestClock

DUE = dt.date(2026, 12, 10)
DAY = dt.timedelta(days=1)


@pytest.fixture
def branch(village: Center) -> Organization:
    return make_organization(village)


@pytest.fixture
def inspection(village: Center, branch: Organization) -> Activity:
    """Held on Friday 20 November."""
    return make_inspection(village, branch)


@pytest.fixture
def one(inspection: Activity) -> Rectification:
    """Due on Tuesday 1 December."""
    return make_rectification(inspection)


@pytest.fixture
def client(staff: User) -> Client:
    client = Client()
    client.force_login(staff)
    return client


@pytest.fixture
def townsman(village: Center) -> User:
    """Somebody who works for the town above, and so for the village's center too."""
    user = User.objects.create(username="staff-of-town")
    grant(user, Center.objects.get(code="330482001"), Role.STAFF)
    return user


class TestFindings:
    def test_once_it_has_begun_and_of_an_organisation_in_reach(
        self, village: Center, staff: User, branch: Organization, inspection: Activity
    ) -> None:
        write_findings(actor=staff, activity=inspection, organization_id=branch.pk, findings=" 记录齐全 ")
        assert InspectionDetail.objects.get().findings == "记录齐全"
        coming = make_inspection(village, branch, day=DUE)
        with pytest.raises(refused.NotHeldYet):
            write_findings(actor=staff, activity=coming, organization_id=branch.pk, findings="x")
        elsewhere = make_organization(Center.objects.get(code="330482001002"), "演示第九党支部")
        with pytest.raises(refused.OrganizationElsewhere):
            write_findings(actor=staff, activity=inspection, organization_id=elsewhere.pk, findings="x")

    def test_one_that_named_nobody_is_completed(self, village: Center, staff: User, branch: Organization) -> None:
        held = make_activity(village, day=dt.date(2026, 11, 20), kind=ActivityKind.INSPECTION)
        write_findings(actor=staff, activity=held, organization_id=branch.pk, findings="")
        assert InspectionDetail.objects.get().organization == branch

    def test_not_by_others_nor_in_the_archive(self, resident: User, staff: User, inspection: Activity) -> None:
        said = {"organization_id": inspection.inspection.organization_id, "findings": "x"}
        with pytest.raises(refused.ActivityNotAllowed):
            write_findings(actor=resident, activity=inspection, **said)
        Activity.objects.update(state=ActivityState.ARCHIVED, attendance=4)
        with pytest.raises(refused.ActivityArchived):
            write_findings(actor=staff, activity=inspection, **said)


class TestRectifying:
    def demand(
        self, staff: User, inspection: Activity, due_on: dt.date = DUE, key: uuid.UUID | None = None
    ) -> Rectification:
        return demand_rectification(
            actor=staff,
            inspection=inspection.inspection,
            what="补齐记录",
            due_on=due_on,
            answers_for="支部书记",
            key=key or uuid.uuid4(),
        )

    def test_from_demand_to_verified_with_its_history(self, staff: User, inspection: Activity) -> None:
        one = self.demand(staff, inspection)
        with pytest.raises(refused.ProofMissing):
            do_rectification(actor=staff, rectification=one, proof=" ")
        do_rectification(actor=staff, rectification=one, proof="已补齐")
        with pytest.raises(refused.SendBackReasonMissing):
            send_back_rectification(actor=staff, rectification=one, note="")
        send_back_rectification(actor=staff, rectification=one, note="还缺签到")
        do_rectification(actor=staff, rectification=one, proof="已补齐，附签到")
        verify_rectification(actor=staff, rectification=one)
        one.refresh_from_db()
        assert (one.state, one.proof, one.verified_by) == (RectificationState.VERIFIED, "已补齐，附签到", staff)
        assert list(one.events.values_list("verb", "note")) == [
            ("open", ""),
            ("do", "已补齐"),
            ("send_back", "还缺签到"),
            ("do", "已补齐，附签到"),
            ("verify", ""),
        ]

    def test_each_verb_begins_in_its_state(self, staff: User, one: Rectification) -> None:
        for verb in (
            lambda: verify_rectification(actor=staff, rectification=one),
            lambda: send_back_rectification(actor=staff, rectification=one, note="x"),
        ):
            with pytest.raises(refused.RectificationChanged):
                verb()
        do_rectification(actor=staff, rectification=one, proof="已补齐")
        with pytest.raises(refused.RectificationChanged):
            do_rectification(actor=staff, rectification=one, proof="再次")

    def test_the_deadline_is_to_come_and_the_form_arrives_once(self, staff: User, inspection: Activity) -> None:
        with pytest.raises(refused.DeadlinePast):
            self.demand(staff, inspection, portal_clock.today() - DAY)
        key = uuid.uuid4()
        assert len({self.demand(staff, inspection, key=key).pk for _ in range(2)}) == 1

    def test_proof_is_a_photo_of_the_same_activity(self, staff: User, one: Rectification, village: Center) -> None:
        elsewhere = Photo.objects.create(activity=make_activity(village), key=uuid.uuid4(), width=4, height=3)
        with pytest.raises(refused.ActivityNotAllowed):
            do_rectification(actor=staff, rectification=one, proof="已补齐", photo=elsewhere)
        here = Photo.objects.create(activity_id=one.inspection_id, key=uuid.uuid4(), width=4, height=3)
        assert do_rectification(actor=staff, rectification=one, proof="已补齐", photo=here).photo == here

    def test_a_village_reports_what_the_town_demanded_and_the_town_verifies(
        self, staff: User, townsman: User, branch: Organization
    ) -> None:
        one = make_rectification(make_inspection(Center.objects.get(code="330482001"), branch))
        assert list(Rectification.objects.manageable_by(staff)) == [one]
        do_rectification(actor=staff, rectification=one, proof="已补齐")
        with pytest.raises(refused.ActivityNotAllowed):
            verify_rectification(actor=staff, rectification=one)
        verify_rectification(actor=townsman, rectification=one)

    def test_the_town_sees_its_villages_and_a_neighbour_nothing(
        self, townsman: User, one: Rectification, resident: User
    ) -> None:
        neighbour = User.objects.create(username="neighbour")
        grant(neighbour, Center.objects.get(code="330482001002"), Role.MANAGER)
        assert list(Rectification.objects.manageable_by(townsman)) == [one]
        assert not Rectification.objects.manageable_by(neighbour) and not Rectification.objects.manageable_by(resident)
        with pytest.raises(refused.ActivityNotAllowed):
            do_rectification(actor=neighbour, rectification=one, proof="x")


class TestOverdue:
    MORNING = dt.datetime(2026, 12, 2, 9, tzinfo=portal_clock.SHANGHAI)

    def chase(self, clock: TestClock, moment: dt.datetime) -> int:
        clock.move_to(moment)
        return chase_rectifications(now=moment)

    def test_by_the_clock_from_the_day_after(self, one: Rectification, clock: TestClock, staff: User) -> None:
        clock.move_to(self.MORNING - DAY)
        assert not one.is_overdue and urgent_count(staff) == 0
        clock.move_to(portal_clock.midnight(self.MORNING.date()))
        assert one.is_overdue and urgent_count(staff) == 1

    def test_told_once_the_morning_after(self, one: Rectification, staff: User, clock: TestClock) -> None:
        assert self.chase(clock, self.MORNING - DAY) == 0
        assert self.chase(clock, self.MORNING - dt.timedelta(minutes=1)) == 0
        assert self.chase(clock, self.MORNING) == 1
        assert self.chase(clock, self.MORNING) == self.chase(clock, self.MORNING + 30 * DAY) == 0
        [told] = Outbox.objects.filter(kind=kind_messages.OVERDUE)
        assert told.recipient == staff
        text = kind_messages.overdue_texts(told.kind, [told.subject_id])[told.subject_id]
        assert "补齐党员学习记录" in text.body and text.is_current

    def test_both_centers_are_told_each_person_once(
        self, staff: User, townsman: User, branch: Organization, clock: TestClock
    ) -> None:
        make_rectification(make_inspection(Center.objects.get(code="330482001"), branch))
        grant(staff, Center.objects.get(code="330482001"), Role.STAFF)
        self.chase(clock, self.MORNING)
        told = Outbox.objects.values_list("recipient__username", flat=True)
        assert sorted(told) == ["staff-of-town", "staff-of-village"]

    @pytest.mark.parametrize("state", [RectificationState.DONE, RectificationState.VERIFIED])
    def test_what_is_put_right_is_left_alone(
        self, inspection: Activity, staff: User, clock: TestClock, state: RectificationState
    ) -> None:
        make_rectification(inspection, state=state)
        assert self.chase(clock, self.MORNING) == 0


class TestPages:
    def test_from_the_desk_to_verified(self, client: Client, inspection: Activity, branch: Organization) -> None:
        address = reverse("activities:inspection_detail", args=[inspection.reference])
        assert address in client.get(inspection.get_desk_url()).content.decode()
        sent = {**sendable(client.get(address)), "findings": "记录齐全"}
        assert client.post(address, sent)["Location"] == address
        demand = reverse("activities:rectification_create", args=[inspection.reference])
        form = sendable(client.get(demand))
        wrong = client.post(demand, {**form, "what": "补齐记录", "due_on": "2026-11-20"})
        assert (wrong.status_code, list(wrong.context["form"].errors)) == (400, ["due_on"])
        assert client.post(demand, {**form, "what": "补齐记录", "due_on": "2026-12-01"}).status_code == 302
        one = Rectification.objects.get()
        page = reverse("activities:rectification_detail", args=[one.pk])
        assert page in client.get(address).content.decode()
        assert page in client.get(reverse("activities:rectification_list")).content.decode()
        assert client.post(page, {"proof": ""}).status_code == 422
        assert client.post(page, {"proof": "已补齐"}).status_code == 302
        assert client.post(page, {"proof": "已补齐"}).status_code == 409
        back = reverse("activities:rectification_send_back", args=[one.pk])
        assert client.post(back, {"note": "还缺签到"}).status_code == 302
        assert client.get(page).context["form"]["proof"].value() == "已补齐"
        client.post(page, {"proof": "已补齐，附签到"})
        client.post(reverse("activities:rectification_verify", args=[one.pk]))
        one.refresh_from_db()
        assert one.state == RectificationState.VERIFIED
        assert client.get(back).status_code == 200

    def test_an_activity_of_another_kind_has_no_such_page(self, client: Client, activity: Activity) -> None:
        for name in ("inspection_detail", "rectification_create"):
            assert client.get(reverse(f"activities:{name}", args=[activity.reference])).status_code == 404

    def test_one_without_an_organisation_asks_for_it_first(self, client: Client, village: Center) -> None:
        held = make_activity(village, day=dt.date(2026, 11, 20), kind=ActivityKind.INSPECTION)
        demand = client.get(reverse("activities:rectification_create", args=[held.reference]))
        assert demand["Location"] == reverse("activities:inspection_detail", args=[held.reference])
        assert client.get(demand["Location"]).status_code == 200

    @pytest.mark.parametrize(
        ("query", "count"),
        [
            ("", 2), ("?state=overdue", 1), ("?state=done", 1), ("?state=verified", 1), ("?state=all", 3),
            ("?state=x&center=x&page=x", 0), ("?center=330482001002", 0), ("?center=330482001001", 2),
        ],
    )  # fmt: skip
    def test_the_list_is_filtered(self, client: Client, inspection: Activity, query: str, count: int) -> None:
        make_rectification(inspection, days=-1)
        make_rectification(inspection, state=RectificationState.DONE)
        make_rectification(inspection, state=RectificationState.VERIFIED)
        page = client.get(f"{reverse('activities:rectification_list')}{query}")
        assert len(page.context["page"].object_list) == count

    def test_lists_ask_the_same_number_of_questions(
        self, client: Client, village: Center, branch: Organization, inspection: Activity
    ) -> None:
        def grow(count: int) -> None:
            for _ in range(count):
                make_rectification(make_inspection(village, branch))
                make_rectification(inspection)

        assert_constant_queries(grow, lambda: client.get(reverse("activities:rectification_list")))
        address = reverse("activities:inspection_detail", args=[inspection.reference])
        assert_constant_queries(grow, lambda: client.get(address))

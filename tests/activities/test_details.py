"""Details of one kind: planned, changed and recorded with the activity, and kept to its kind."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from activities import exceptions as refused
from activities.choices import ActivityKind, ActivityState, TrainingForm, VisitorLevel
from activities.models import Activity, InspectionDetail, ReceptionDetail, TrainingDetail
from activities.services.activities import create_activity, edit_activity
from activities.services.inspections import write_findings
from activities.services.records import record_held
from activities.values.details import InspectionPlan, ReceptionPlan, TrainingPlan
from centers.models import Center
from organizations.models import Organization
from tests.activities.shown_forms import initial_of, sendable
from tests.activities.test_manage_pages import CREATE, form_of
from tests.factories.activities import make_activity, make_plan
from tests.factories.kinds import FIRST_VISIT, make_inspection, make_rectification
from tests.factories.organizations import make_organization
from tests.support.time import TestClock

STUDY = TrainingPlan("组工干部培训序列", Decimal("1.5"), TrainingForm.GROUP_STUDY)
HELD = {"day": "2026-11-20", "starts_at": "14:00", "ends_at": "16:00", "attendance": "5"}


def of_visitors(**fields: object) -> ReceptionPlan:
    return ReceptionPlan(**{"visiting_body": "演示参观单位", "level": VisitorLevel.CITY, **fields})  # type: ignore[arg-type]


@pytest.fixture
def branch(village: Center) -> Organization:
    return make_organization(village)


@pytest.fixture
def client(staff: User) -> Client:
    client = Client()
    client.force_login(staff)
    return client


def test_a_training_keeps_series_hours_and_form(village: Center, staff: User) -> None:
    plan = make_plan(kind=ActivityKind.TRAINING, detail=STUDY)
    activity = create_activity(actor=staff, center=village, plan=plan)
    detail = TrainingDetail.objects.get(activity=activity)
    assert (detail.track, detail.hours, detail.form) == ("组工干部培训序列", Decimal("1.5"), "group_study")
    changed = make_plan(kind=ActivityKind.TRAINING, detail=TrainingPlan("", Decimal(2), TrainingForm.SURVEY))
    edit_activity(actor=staff, activity=activity, plan=changed)
    detail.refresh_from_db()
    assert (detail.track, detail.hours, detail.form) == ("", Decimal("2.0"), "survey")
    assert activity.events.latest("id").changes["hours"] == ["1.5", "2"]


def test_a_plan_that_says_nothing_of_it_leaves_the_detail(village: Center, staff: User) -> None:
    plan = make_plan(kind=ActivityKind.TRAINING, detail=STUDY)
    activity = create_activity(actor=staff, center=village, plan=plan)
    edit_activity(actor=staff, activity=activity, plan=make_plan(kind=ActivityKind.TRAINING, title="条例解读"))
    assert TrainingDetail.objects.get(activity=activity).hours == Decimal("1.5")


def test_another_kind_takes_the_detail_with_it(village: Center, staff: User, branch: Organization) -> None:
    plan = make_plan(kind=ActivityKind.TRAINING, detail=STUDY)
    activity = create_activity(actor=staff, center=village, plan=plan)
    inspection = make_plan(kind=ActivityKind.INSPECTION, detail=InspectionPlan(branch.pk))
    edit_activity(actor=staff, activity=activity, plan=inspection)
    assert not TrainingDetail.objects.exists()
    assert InspectionDetail.objects.get(activity=activity).organization == branch
    edit_activity(actor=staff, activity=activity, plan=make_plan())
    assert not InspectionDetail.objects.exists()


def test_the_detail_of_another_kind_is_left_aside(village: Center, staff: User) -> None:
    create_activity(actor=staff, center=village, plan=make_plan(detail=STUDY))
    assert not TrainingDetail.objects.exists()


def test_a_kind_on_which_something_hangs_stays(
    village: Center, staff: User, branch: Organization, clock: TestClock
) -> None:
    inspection = make_inspection(village, branch, day=clock.now.date())
    Activity.objects.filter(pk=inspection.pk).update(starts_at=clock.now, ends_at=clock.now + dt.timedelta(hours=2))
    make_rectification(inspection)
    inspection.refresh_from_db()
    plan = make_plan(title=inspection.title)
    for name in ("starts_at", "ends_at"):
        object.__setattr__(plan, name, getattr(inspection, name))
    with pytest.raises(refused.KindKept):
        edit_activity(actor=staff, activity=inspection, plan=plan)
    assert Activity.objects.get().kind == ActivityKind.INSPECTION


class TestNoticeOfVisits:
    """Five working days from the day they asked, or a reason."""

    @pytest.mark.parametrize(
        ("day", "detail", "is_taken"),
        [
            (FIRST_VISIT, of_visitors(), True),
            (FIRST_VISIT - dt.timedelta(1), of_visitors(), False),
            (FIRST_VISIT - dt.timedelta(1), of_visitors(short_notice_reason="省里临时安排"), True),
            (FIRST_VISIT - dt.timedelta(1), of_visitors(asked_on=dt.date(2026, 11, 23)), True),
            # Nobody asks on a day to come.
            (FIRST_VISIT, of_visitors(asked_on=dt.date(2027, 1, 1)), True),
        ],
    )
    def test_planned(self, village: Center, staff: User, day: dt.date, detail: ReceptionPlan, is_taken: bool) -> None:
        plan = make_plan(day=day, kind=ActivityKind.RECEPTION, detail=detail)
        if is_taken:
            activity = create_activity(actor=staff, center=village, plan=plan, publish=True)
            made = ReceptionDetail.objects.get(activity=activity)
            assert (made.visiting_body, made.confirmed_by) == ("演示参观单位", staff)
            assert not activity.is_listed
        else:
            with pytest.raises(refused.ShortNoticeReasonMissing, match="12月1日"):
                create_activity(actor=staff, center=village, plan=plan)
            assert not Activity.objects.exists()

    def test_a_word_corrected_later_asks_nothing(self, village: Center, staff: User, clock: TestClock) -> None:
        plan = make_plan(day=FIRST_VISIT, kind=ActivityKind.RECEPTION, detail=of_visitors(asked_on=clock.now.date()))
        activity = create_activity(actor=staff, center=village, plan=plan)
        clock.advance(days=3)
        again = make_plan(day=FIRST_VISIT, kind=ActivityKind.RECEPTION, detail=of_visitors(route="红色教育区"))
        edit_activity(actor=staff, activity=activity, plan=again)
        assert ReceptionDetail.objects.get().route == "红色教育区"

    def test_what_was_held_is_past_asking(self, village: Center, staff: User) -> None:
        plan = make_plan(day=dt.date(2026, 11, 20), kind=ActivityKind.RECEPTION, detail=of_visitors())
        record_held(actor=staff, center=village, plan=plan, key=uuid.uuid4(), attendance=20)
        assert ReceptionDetail.objects.get().level == VisitorLevel.CITY


class TestOrganisationInspected:
    def test_it_is_a_party_organisation_of_the_center_or_below(self, village: Center, staff: User) -> None:
        elsewhere = make_organization(Center.objects.get(code="330482001002"), "演示第九党支部")
        partner = make_organization(village, "演示共建单位", type="partner")
        for organization in (elsewhere, partner):
            plan = make_plan(kind=ActivityKind.INSPECTION, detail=InspectionPlan(organization.pk))
            with pytest.raises(refused.OrganizationElsewhere):
                create_activity(actor=staff, center=village, plan=plan)

    def test_what_was_held_names_it(self, village: Center, staff: User, branch: Organization) -> None:
        day = dt.date(2026, 11, 20)
        nameless = make_plan(day=day, kind=ActivityKind.INSPECTION)
        with pytest.raises(refused.OrganizationMissing):
            record_held(actor=staff, center=village, plan=nameless, key=uuid.uuid4(), attendance=5)
        detail = InspectionPlan(branch.pk, "记录齐全")
        plan = make_plan(day=day, kind=ActivityKind.INSPECTION, detail=detail)
        activity = record_held(actor=staff, center=village, plan=plan, key=uuid.uuid4(), attendance=5)
        assert activity.inspection.findings == "记录齐全"

    def test_findings_survive_a_changed_plan(self, village: Center, staff: User, branch: Organization) -> None:
        activity = make_inspection(village, branch, day=dt.date(2026, 11, 24))
        write_findings(actor=staff, activity=activity, organization_id=branch.pk, findings="记录齐全")
        plan = make_plan(9, 11, day=dt.date(2026, 11, 24), kind="inspection", detail=InspectionPlan(branch.pk))
        edit_activity(actor=staff, activity=activity, plan=plan)
        assert InspectionDetail.objects.get().findings == "记录齐全"


class TestPages:
    def test_the_address_chooses_the_kind_and_the_organisation(
        self, client: Client, village: Center, branch: Organization
    ) -> None:
        page = client.get(f"{CREATE}?center={village.code}&kind=inspection&organization={branch.pk}")
        assert initial_of(page)["kind"] == "inspection"
        assert f'<option value="{branch.pk}" selected' in page.content.decode()
        assert client.get(f"{CREATE}?center={village.code}&kind=feast&organization=x").status_code == 200

    def test_what_is_typed_for_another_kind_is_no_mistake_and_stays(self, client: Client, village: Center) -> None:
        address = f"{CREATE}?center={village.code}"
        sent = form_of(
            kind="reception", level="other", hours="many", track="组工干部培训序列", starts_at="16:00", ends_at="14:00"
        )
        answer = client.post(address, sent)
        assert list(answer.context["form"].errors) == ["visiting_body"]
        assert answer.context["form"]["track"].value() == "组工干部培训序列"
        made = client.post(address, form_of(kind="training", hours="1.5", training_form="survey", organization="x"))
        assert made.status_code == 302
        assert TrainingDetail.objects.get().hours == Decimal("1.5")

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"kind": "inspection"}, "organization"),
            ({"kind": "inspection", "organization": "999999"}, "organization"),
            ({"kind": "reception", "visiting_body": " ", "level": "other"}, "visiting_body"),
            ({"kind": "reception", "visiting_body": "演示单位"}, "level"),
            ({"kind": "reception", "visiting_body": "演示单位", "level": "city_level"}, "short_notice_reason"),
            (
                {"kind": "reception", "visiting_body": "演示单位", "level": "other", "asked_on": "2027-01-01"},
                "asked_on",
            ),
            ({"kind": "training", "hours": "0"}, "hours"),
            ({"kind": "training", "hours": "1.25"}, "hours"),
            ({"kind": "training", "training_form": "dance"}, "training_form"),
        ],
    )
    def test_what_is_wrong_stands_at_its_field(
        self, client: Client, village: Center, changes: dict[str, str], field: str
    ) -> None:
        answer = client.post(f"{CREATE}?center={village.code}", form_of(**changes))
        assert answer.status_code in (400, 422)
        assert list(answer.context["form"].errors) == [field]
        assert not Activity.objects.exists()

    def test_the_form_is_filled_in_for_changes_and_saves_them(
        self, client: Client, village: Center, branch: Organization, staff: User
    ) -> None:
        plan = make_plan(kind=ActivityKind.INSPECTION, detail=InspectionPlan(branch.pk))
        activity = create_activity(actor=staff, center=village, plan=plan, publish=True)
        other = make_organization(village, "演示第二党支部")
        address = reverse("activities:manage_edit", args=[activity.reference])
        sent = sendable(client.get(address))
        assert sent["organization"] in (branch.pk, str(branch.pk))
        assert client.post(address, {**sent, "organization": other.pk}).status_code == 302
        assert InspectionDetail.objects.get().organization == other

    def test_a_copy_keeps_what_holds_for_another_day(self, client: Client, village: Center, staff: User) -> None:
        detail = of_visitors(liaison="前台", route="红色教育区", short_notice_reason="临时")
        held = make_plan(day=dt.date(2026, 11, 20), kind=ActivityKind.RECEPTION, detail=detail)
        activity = record_held(actor=staff, center=village, plan=held, key=uuid.uuid4(), attendance=20)
        shown = initial_of(client.get(f"{CREATE}?copy={activity.reference}"))
        assert (shown["kind"], shown["liaison"], shown["route"]) == ("reception", "前台", "红色教育区")
        assert not shown["visiting_body"] and not shown["short_notice_reason"]

    def test_what_was_held_is_entered_with_its_detail(
        self, client: Client, village: Center, branch: Organization
    ) -> None:
        address = f"{reverse('activities:record_held')}?center={village.code}&kind=inspection"
        page = client.get(address)
        key = page.context["form"]["key"].value()
        sent = {**HELD, "key": key, "kind": "inspection", "title": "党建指导"}
        assert list(client.post(address, sent).context["form"].errors) == ["organization"]
        done = client.post(address, {**sent, "organization": branch.pk, "findings": "记录齐全"})
        assert done.status_code == 302
        activity = Activity.objects.get()
        assert (activity.state, activity.inspection.findings) == (ActivityState.RECORDED, "记录齐全")

    def test_residents_read_of_a_training_what_it_is(self, village: Center, staff: User) -> None:
        plan = make_plan(kind=ActivityKind.TRAINING, detail=STUDY)
        activity = create_activity(actor=staff, center=village, plan=plan, publish=True)
        page = Client().get(activity.get_absolute_url()).content.decode()
        assert "组工干部培训序列" in page and "1.5" in page and "集中学习" in page
        answer = Client().get(f"/api/v1/activities/{activity.reference}/").json()
        assert answer["detail"] == {"form": "group_study", "hours": "1.5", "track": "组工干部培训序列"}
        plain = make_activity(village)
        assert Client().get(f"/api/v1/activities/{plain.reference}/").json()["detail"] is None

    def test_the_desk_shows_who_comes(self, client: Client, village: Center, staff: User) -> None:
        plan = make_plan(day=FIRST_VISIT, kind=ActivityKind.RECEPTION, detail=of_visitors(liaison="前台"))
        activity = create_activity(actor=staff, center=village, plan=plan, publish=True)
        page = client.get(activity.get_desk_url()).content.decode()
        assert "演示参观单位" in page and "前台" in page

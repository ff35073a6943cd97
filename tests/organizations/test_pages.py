"""Pages of organisations: the public list, one of them, and what managers set up."""

import html
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from common.sheets import Limits
from organizations.models import Liaison, Organization
from organizations.services.organizations import dissolve_organization, move_organization
from organizations.values.import_rows import HEADINGS
from tests.factories.organizations import day, make_liaison, make_organization, sheet_row, workbook
from tests.support.cast import Cast
from tests.support.queries import assert_constant_queries

LIST = "/organizations/"
BRANCH = {"name": "演示第二党支部", "type": "branch", "field_of_work": "rural"}


def text_of(response: Any) -> str:
    return html.unescape(response.content.decode())


@pytest.fixture
def manager(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast["manager"])
    return client


def names_on(client: Client, **query: str) -> list[str]:
    return [organization.name for organization in client.get(LIST, query).context["page"]]


def of(name: str, organization: Organization) -> str:
    return reverse(f"organizations:{name}", args=[organization.pk])


def at(name: str, cast: Cast) -> str:
    return reverse(f"organizations:{name}", args=[cast.center.code])


def test_the_list_has_those_there_are_today_in_the_order_of_the_register(cast: Cast, client: Client) -> None:
    make_organization(cast.sibling, "演示乙支部")
    make_organization(cast.center, "演示甲支部")
    make_organization(cast.city, "演示党委", type="committee")
    make_organization(cast.center, "演示新支部", founded_on=day("2026-11-25"))
    gone = make_organization(cast.center, "演示旧支部")
    dissolve_organization(actor=None, organization=gone, on=day("2026-11-24"))
    assert names_on(client) == ["演示党委", "演示甲支部", "演示乙支部"]
    assert client.get(gone.get_absolute_url()).status_code == 200


def test_filters_narrow_it_by_center_type_field_and_name(cast: Cast, client: Client) -> None:
    make_organization(cast.center, "演示甲支部", field_of_work="rural")
    make_organization(cast.other_town, "演示党委", type="committee", field_of_work="agency")
    assert names_on(client, under=cast.town.code) == ["演示甲支部"] == names_on(client, field="rural")
    assert names_on(client, type="committee") == ["演示党委"] == names_on(client, q="党委")
    assert (
        set(names_on(client, q="yanshi")) == set(names_on(client, under=cast.city.code)) == {"演示甲支部", "演示党委"}
    )
    assert names_on(client, q="没有") == []
    assert len(names_on(client, under="gone", type="club")) == 2, "what isn't understood narrows nothing"


def test_htmx_gets_the_rows_alone(cast: Cast, branch: Organization, client: Client) -> None:
    part = text_of(client.get(LIST, headers={"HX-Request": "true"}))
    assert branch.name in part and "<html" not in part
    assert 'id="found"' in part and 'id="found"' in text_of(client.get(LIST, {"q": "没有"}))


def test_queries_of_the_list_do_not_grow(cast: Cast, client: Client) -> None:
    def grow(more: int) -> None:
        parent = make_organization(cast.town, f"演示党委{Organization.objects.count()}", type="committee")
        for number in range(more - 1):
            make_liaison(make_organization(cast.center, f"演示{parent.pk}支部{number}", parent=parent))

    assert_constant_queries(grow, lambda: client.get(LIST))


def test_queries_of_a_page_do_not_grow_with_those_below(cast: Cast, manager: Client) -> None:
    parent = make_organization(cast.center, "演示党委", type="committee")

    def grow(more: int) -> None:
        for _ in range(more):
            make_organization(cast.center, f"演示支部{Organization.objects.count()}", parent=parent)

    assert_constant_queries(grow, lambda: manager.get(parent.get_absolute_url()))


def test_queries_of_the_managed_list_do_not_grow(cast: Cast, manager: Client) -> None:
    parent = make_organization(cast.town, "演示党委", type="committee")

    def grow(more: int) -> None:
        for _ in range(more):
            make_liaison(make_organization(cast.center, f"演示支部{Organization.objects.count()}", parent=parent))

    assert_constant_queries(grow, lambda: manager.get(at("organization_list_manage", cast)))


def test_a_page_tells_where_it_stood(cast: Cast, branch: Organization, client: Client) -> None:
    assert "所属中心变更" not in text_of(client.get(branch.get_absolute_url()))
    move_organization(actor=None, organization=branch, center=cast.sibling, on=day("2026-11-10"))
    page = text_of(client.get(branch.get_absolute_url()))
    assert "到11月9日为止" in page and "11月10日起" in page
    assert client.get(branch.get_absolute_url()).context["center"] == cast.sibling


def test_english_pages_show_english_names(cast: Cast, branch: Organization, client: Client) -> None:
    client.cookies["django_language"] = "en"
    for path in (LIST, branch.get_absolute_url()):
        assert "Yanshi No. 1 Party Branch" in text_of(client.get(path))


def test_a_manager_enters_changes_and_ends_one(cast: Cast, manager: Client) -> None:
    parent = make_organization(cast.town, "演示党委", type="committee")
    sent = {**BRANCH, "parent": parent.pk, "founded_on": "1952-03-01"}
    assert manager.post(at("organization_create", cast), sent).status_code == 302
    made = Organization.objects.get(name=BRANCH["name"])
    assert (made.parent, made.founded_on, made.center) == (parent, day("1952-03-01"), cast.center)
    edit = of("organization_edit", made)
    form = manager.get(edit).context["form"]
    assert (form["name_en"].value(), form["parent"].value()) == ("", parent.pk)
    manager.post(edit, {**sent, "field_of_work": "school", "version": form["version"].value()})
    made.refresh_from_db()
    assert (made.field_of_work, made.name_en) == ("school", "Yanshi No. 2 Party Branch")
    manager.post(of("organization_dissolve", made), {"last": "2026-11-30"})
    made.refresh_from_db()
    assert made.dissolved_on == day("2026-12-01")
    listed = text_of(manager.get(at("organization_list_manage", cast)))
    assert "至11月30日" in listed.replace(" ", "")
    manager.post(of("organization_restore", made))
    made.refresh_from_db()
    assert made.dissolved_on is None


def test_a_refusal_lands_on_its_field_with_its_own_status(cast: Cast, branch: Organization, manager: Client) -> None:
    answer = manager.post(at("organization_create", cast), {**BRANCH, "name": branch.name})
    assert answer.status_code == 409 and "本中心已有同名组织。" in answer.context["form"].errors["name"]
    wrong = manager.post(at("organization_create", cast), {**BRANCH, "name_en": "党支部", "founded_on": "0001-01-01"})
    assert wrong.status_code == 422 and {"name_en", "founded_on"} == set(wrong.context["form"].errors)


def test_a_parent_is_of_the_center_or_above(cast: Cast, manager: Client) -> None:
    above = make_organization(cast.town, "演示党委", type="committee")
    own = make_organization(cast.center, "演示总支", type="general_branch")
    make_organization(cast.sibling, "演示旁支", type="general_branch")
    make_organization(cast.center, "演示妇联", type="mass")
    offered = manager.get(at("organization_create", cast)).context["form"].fields["parent"].queryset
    assert list(offered) == [above, own]
    assert list(manager.get(of("organization_edit", own)).context["form"].fields["parent"].queryset) == [above]


def test_the_second_editor_sees_what_the_first_did(cast: Cast, branch: Organization, manager: Client) -> None:
    edit = of("organization_edit", branch)
    version = manager.get(edit).context["form"]["version"].value()
    first = manager.post(edit, {**BRANCH, "name": "演示甲支部", "version": version})
    second = manager.post(edit, {**BRANCH, "name": "演示乙支部", "version": version})
    assert (first.status_code, second.status_code) == (302, 409)
    assert "演示甲支部" in str(second.context["form"].non_field_errors())
    branch.refresh_from_db()
    assert branch.name == "演示甲支部"


def test_a_move_offers_the_centers_one_manages(cast: Cast, branch: Organization, client: Client) -> None:
    client.force_login(cast["town_admin"])
    move = of("organization_move", branch)
    offered = set(client.get(move).context["form"].fields["center"].queryset)
    assert {cast.town, cast.sibling} <= offered and not {cast.center, cast.other_town, cast.city} & offered
    assert client.post(move, {"center": cast.other_town.code, "on": "2026-12-01"}).status_code == 422
    assert client.post(move, {"center": cast.sibling.code, "on": "2026-12-01"}).status_code == 302
    assert branch.placements.count() == 2


def test_a_liaison_is_set_kept_and_erased(cast: Cast, branch: Organization, manager: Client) -> None:
    edit = of("liaison_edit", branch)
    assert manager.post(edit, {"name": "演示联络员01", "phone": "199 0000 0005", "user": "staff"}).status_code == 302
    assert Liaison.objects.values_list("name", "phone", "user__username").get() == (
        "演示联络员01",
        "19900000005",
        "staff",
    )
    page = text_of(manager.get(edit))
    assert "19900000005" not in page and "199****0005" in page
    manager.post(edit, {"name": "演示联络员01", "phone": "", "user": ""})
    assert Liaison.objects.values_list("phone", "user").get() == ("19900000005", None)
    for wrong, field in (
        ({"name": "演示联络员01", "phone": "0573-85000000"}, "phone"),
        ({"phone": "19900000005"}, "name"),
        ({"name": "演示联络员01", "user": "nobody"}, "user"),
    ):
        answer = manager.post(edit, wrong)
        assert answer.status_code == 422 and set(answer.context["form"].errors) == {field}
    manager.post(edit, {"name": ""})
    assert not Liaison.objects.exists()


def send(client: Client, cast: Cast, data: bytes, name: str = "组织.xlsx") -> Any:
    return client.post(at("organization_import", cast), {"file": SimpleUploadedFile(name, data)})


def test_a_sheet_is_tried_then_written(cast: Cast, branch: Organization, manager: Client) -> None:
    rows = [sheet_row(), sheet_row("演示第二党支部"), sheet_row("演示第三党支部", "俱乐部")]
    tried = send(manager, cast, workbook(rows))
    page = text_of(tried)
    assert tried.status_code == 200 and "俱乐部" in page and Organization.objects.count() == 1
    assert [verdict.row.number for verdict in tried.context["verdicts"]] == [4, 3, 2], "what needs a look stands first"
    write = at("organization_import_apply", cast)
    carried = {"rows": tried.context["form"]["rows"].value()}
    refused = manager.post(write, carried)
    assert refused.status_code == 409 and "leave_out" in refused.context["form"].errors
    assert refused.context["verdicts"][0].row.name == "演示第三党支部"
    done = manager.post(write, {**carried, "leave_out": "on"}, follow=True)
    assert "新增1个，更新0个，原有1个，未导入1个" in text_of(done)
    again = manager.post(write, {**carried, "leave_out": "on"})
    assert again.status_code == 409 and Organization.objects.count() == 2, "a double click writes once"


def test_rows_tried_at_one_center_are_not_written_at_another(cast: Cast, client: Client) -> None:
    client.force_login(cast["town_admin"])
    carried = {"rows": send(client, cast, workbook([sheet_row()])).context["form"]["rows"].value()}
    elsewhere = reverse("organizations:organization_import_apply", args=[cast.sibling.code])
    for data in (carried, {"rows": "forged"}, {}):
        assert client.post(elsewhere, data).status_code == 422
    assert not Organization.objects.exists()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"PK\x03\x04junk", "无法读取这个文件"),
        (b"x" * (Limits.most_bytes + 1), "一次最多2000行"),
        (workbook([]), "表头之下没有内容"),
        (workbook([], headings=["甲", "乙"]), "没有找到表头"),
        (b"\n\n", "这张表是空的"),
    ],
)
def test_a_bad_file_gets_one_clear_sentence(cast: Cast, manager: Client, data: bytes, words: str) -> None:
    answer = send(manager, cast, data)
    assert answer.status_code == 422 and words in str(answer.context["form"].errors["file"])


def test_the_largest_sheet_fits_the_form_that_carries_it(cast: Cast, manager: Client, settings: Any) -> None:
    rows = [sheet_row(f"演示第{n}党支部", 上级党组织="演示" * 20, 联系人=f"演示联络员{n}") for n in range(2000)]
    carried = send(manager, cast, workbook(rows)).context["form"]["rows"].value()
    assert len(carried) < settings.DATA_UPLOAD_MAX_MEMORY_SIZE / 4
    wide = [sheet_row(chr(0x4E00 + n) * 300, 上级党组织=chr(0x5E00 + n) * 300) for n in range(2000)]
    assert "一次最多2000行" in str(send(manager, cast, workbook(wide)).context["form"].errors["file"])


def test_the_empty_sheet_has_the_headings_in_what_excel_reads(cast: Cast, manager: Client) -> None:
    answer = manager.get(at("organization_import_template", cast))
    assert answer.content.decode("utf-8-sig").strip().split(",") == list(HEADINGS)
    assert answer.content.startswith(b"\xef\xbb\xbf") and "attachment" in answer["Content-Disposition"]
    tried = send(manager, cast, answer.content + "演示第九党支部,支部,,,,,,\r\n".encode(), "organizations.csv")
    assert [verdict.row.name for verdict in tried.context["verdicts"]] == ["演示第九党支部"]

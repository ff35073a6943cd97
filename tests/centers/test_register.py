"""The register: loaded twice it changes nothing, people's work is left alone, and faults are named."""

import itertools
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from centers.choices import STANDARD_AREAS
from centers.exceptions import RegisterError
from centers.models import Center, CenterAncestor, FunctionalArea, Level
from centers.services import tree
from centers.services.register import import_register
from common import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path, pinghu: dict[str, Any]) -> Path:
    """A copy of the register's files to change; the database holds the original."""
    for file in (settings.BASE_DIR / "data").glob("*.csv"):
        shutil.copy(file, tmp_path)
    return tmp_path


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def rows(name: str) -> int:
    return len((settings.BASE_DIR / "data" / name).read_text(encoding="utf-8").splitlines()) - 1


def test_all_of_the_files_is_there(pinghu: dict[str, Any]) -> None:
    assert Center.objects.count() == rows("centers.csv") + rows("sites.csv")
    assert CenterAncestor.objects.filter(depth=0).count() == Center.objects.count()
    assert pinghu["水洞埭社区"].official_name == "水洞埭社区居委会"
    assert {area.kind for area in pinghu["水洞埭社区"].areas.all()} == set(STANDARD_AREAS)
    assert [area.own_name for area in pinghu["平湖市红色物业"].areas.all()] == ["信息指挥中心", "智慧体验区"]


def test_again_changes_nothing(folder: Path) -> None:
    before = list(CenterAncestor.objects.order_by("id").values_list("id", flat=True))
    areas = FunctionalArea.objects.count()
    report = import_register(folder)
    assert (report.added, report.changed, report.missing, report.elsewhere) == ((), (), (), ())
    assert report.unchanged == Center.objects.count()
    assert list(CenterAncestor.objects.order_by("id").values_list("id", flat=True)) == before
    assert FunctionalArea.objects.count() == areas


def test_added_changed_and_missing_are_told_apart_and_nothing_is_deleted(folder: Path) -> None:
    edit(folder / "centers.csv", "330482106200,曹港村村民委员会,village,330482106\n", "")
    edit(folder / "centers.csv", "民主村村民委员会", "民主社区居委会")
    with (folder / "centers.csv").open("a", encoding="utf-8") as file:
        file.write("330482106004,前港社区居委会,village,330482106\n")
    report = import_register(folder)
    assert report.added == ("330482106004",)
    assert report.missing == ("330482106200",)
    assert "330482106201" in report.changed
    assert Center.objects.get(code="330482106201").name == "民主社区党群服务中心"
    assert Center.objects.filter(code="330482106200").exists()
    added = Center.objects.get(code="330482106004")
    assert len(tree.lineage(added, clock.today())) == 3
    assert added.areas.count() == len(STANDARD_AREAS)
    assert import_register(folder).added == ()


def test_a_name_that_people_chose_stays(folder: Path, pinghu: dict[str, Any]) -> None:
    Center.objects.filter(pk=pinghu["民主村"].pk).update(name="民主村邻里中心", is_name_derived=False)
    edit(folder / "centers.csv", "民主村村民委员会", "民主社区居委会")
    import_register(folder)
    center = Center.objects.get(pk=pinghu["民主村"].pk)
    assert (center.name, center.official_name) == ("民主村邻里中心", "民主社区居委会")


def test_english_names_are_spelled_out_but_for_the_registers_own(pinghu: dict[str, Any]) -> None:
    assert pinghu["水洞埭社区"].name_en == "Shuidongdai Community Party-Mass Service Center"
    assert pinghu["平湖市红色物业"].name_en == "Pinghu Red Property Management Party-Mass Service Center"
    assert not Center.objects.filter(name_en="").exists()


def test_rows_there_were_before_english_names_get_theirs_once(folder: Path, pinghu: dict[str, Any]) -> None:
    village = pinghu["民主村"]
    added = tree.add_center(
        actor=None, code="own", official_name="前港社区居委会", level=village.level, parent=pinghu["广陈镇"]
    )
    Center.objects.filter(pk__in=[village.pk, added.pk]).update(name_en="")
    report = import_register(folder)
    assert (report.changed, report.missing) == ((village.code,), ("own",))
    names = dict(Center.objects.filter(pk__in=[village.pk, added.pk]).values_list("code", "name_en"))
    assert names == {
        village.code: "Minzhu Village Party-Mass Service Center",
        "own": "Qiangang Community Party-Mass Service Center",
    }
    assert import_register(folder).changed == ()


def test_an_english_name_follows_the_chinese_one_until_people_choose_theirs(
    folder: Path, pinghu: dict[str, Any]
) -> None:
    Center.objects.filter(pk=pinghu["民主村"].pk).update(name="民主村邻里中心", is_name_derived=False)
    Center.objects.filter(pk=pinghu["曹港村"].pk).update(name_en="Cao Harbour", is_name_en_derived=False)
    edit(folder / "centers.csv", "民主村村民委员会", "民主社区居委会")
    edit(folder / "centers.csv", "曹港村村民委员会", "曹港社区居委会")
    edit(folder / "centers.csv", "前港村村民委员会", "前港社区居委会")
    import_register(folder)
    names = dict(Center.objects.filter(code__startswith="33048210620").values_list("official_name", "name_en"))
    assert names["民主社区居委会"] == "Minzhu Village Linlizhongxin"
    assert names["曹港社区居委会"] == "Cao Harbour"
    assert names["前港社区居委会"] == "Qiangang Community Party-Mass Service Center"


def test_the_register_may_say_an_english_name_and_take_it_back(folder: Path, pinghu: dict[str, Any]) -> None:
    edit(folder / "sites.csv", "Pinghu Red Property Management", "Red Estate")
    assert import_register(folder).changed == (pinghu["平湖市红色物业"].code,)
    assert Center.objects.get(pk=pinghu["平湖市红色物业"].pk).name_en == "Red Estate Party-Mass Service Center"
    edit(folder / "sites.csv", "Red Estate Party-Mass Service Center", "")
    import_register(folder)
    assert (
        Center.objects.get(pk=pinghu["平湖市红色物业"].pk).name_en == "Pinghu City Hongsewuye Party-Mass Service Center"
    )


def test_a_center_that_people_moved_stays_moved_and_is_named(folder: Path, pinghu: dict[str, Any]) -> None:
    tree.move_center(actor=None, center=pinghu["民主村"], new_parent=pinghu["新埭镇"], on=clock.today())
    report = import_register(folder)
    assert report.elsewhere == (pinghu["民主村"].code,)
    assert tree.lineage(pinghu["民主村"], clock.today())[1] == pinghu["新埭镇"].pk


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("centers.csv", "village,330482108\n330482108004", "hamlet,330482108\n330482108004", "no level hamlet"),
        ("centers.csv", "水洞埭社区居委会,village,330482001", "水洞埭社区居委会,village,999", "parent 999"),
        ("centers.csv", "水洞埭社区居委会,village,330482001", "水洞埭社区居委会,village,330482", "stand under city"),
        ("centers.csv", "330482001002,", "330482001001,", "used twice"),
        ("centers.csv", "330482001002,洁芳社区居委会", "330482001002,", "line 12: name is empty"),
        ("levels.csv", "town,镇（街道）,Town,20", "town,镇（街道）,Town,many", "line 3"),
        ("levels.csv", "30,yes", "30,perhaps", "standard_areas"),
        ("level_rules.csv", "city,town", "town,city", "can't stand above"),
        ("site_areas.csv", "330482-n001,智慧", "330482-n009,智慧", "isn't in the register"),
    ],
)
def test_a_faulty_file_is_named_and_nothing_is_kept(folder: Path, file: str, old: str, new: str, said: str) -> None:
    edit(folder / "sites.csv", "平湖市红色物业", "平湖市另一个")
    edit(folder / file, old, new)
    with pytest.raises(RegisterError, match=said):
        import_register(folder)
    assert not Center.objects.filter(name__startswith="平湖市另一个").exists()


def test_the_same_loader_takes_a_province(tmp_path: Path, db: None) -> None:
    Level.objects.filter(centers=None).delete()
    levels = ["province", "prefecture", "county", "township", "hamlet"]
    lines = [
        f"{code},{code},{code.title()},{100 + rank},{'yes' if rank > 1 else 'no'}" for rank, code in enumerate(levels)
    ]
    (tmp_path / "levels.csv").write_text(
        "code,name,name_en,rank,standard_areas\n" + "\n".join(lines), encoding="utf-8-sig"
    )
    rules = [f"{above},{below}" for above, below in itertools.pairwise(levels)]
    (tmp_path / "level_rules.csv").write_text("parent,child\n" + "\n".join(rules), encoding="utf-8")
    made, above = ["33,浙江省,province,"], ["33"]
    for level in levels[1:]:
        below = [(f"{code}{number:02}", code) for code in above for number in range(3)]
        made += [f"{code},{code}村,{level},{parent}" for code, parent in below]
        above = [code for code, _parent in below]
    (tmp_path / "centers.csv").write_text("code,name,level,parent_code\n" + "\n".join(made), encoding="utf-8")
    report = import_register(tmp_path)
    assert len(report.added) == len(made)
    assert len(tree.lineage(Center.objects.get(code=above[-1]), clock.today())) == len(levels)
    assert not Center.objects.get(code="33").areas.exists()


def test_the_command_prints_the_report(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(folder / "centers.csv", "330482106200,曹港村村民委员会,village,330482106\n", "")
    call_command("import_register", folder=folder)
    printed = capsys.readouterr().out
    assert "1 missing from the files" in printed
    assert "missing: 330482106200" in printed
    (folder / "levels.csv").unlink()
    with pytest.raises(CommandError, match=r"levels\.csv"):
        call_command("import_register", folder=folder)


def test_queries_do_not_grow_with_the_register(folder: Path, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(12):
        import_register(folder)


def test_an_area_that_people_took_away_is_not_made_again(folder: Path, pinghu: dict[str, Any]) -> None:
    FunctionalArea.objects.filter(center=pinghu["水洞埭社区"], kind="oath").delete()
    import_register(folder)
    assert pinghu["水洞埭社区"].areas.count() == 7
    assert not pinghu["水洞埭社区"].areas.filter(kind="oath").exists()

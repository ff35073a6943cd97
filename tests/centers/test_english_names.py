"""Names of places in letters: as Hanyu Pinyin has them, one by one for the tricky ones, and all of the register."""

import csv
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from centers.values.english_names import KINDS, english_name, english_place, spelled
from centers.values.names import CENTER_EN, display_name, short_name_en

# A word or more with a capital each, and what kind of place it is.
PLACE = re.compile(rf"(?:[A-Z][a-z']+ )+(?:{'|'.join(KINDS.values())})")


@pytest.mark.parametrize(
    ("chinese", "letters"),
    [
        ("水洞埭", "Shuidongdai"),
        ("西安", "Xi'an"),
        ("平安", "Ping'an"),
        ("女儿桥", "Nyu'erqiao"),
        ("安桥", "Anqiao"),
        ("旅顺", "Lyushun"),
        ("略阳", "Lyueyang"),
        ("乍浦", "Zhapu"),
        ("沈家弄", "Shenjialong"),
        ("周家圩", "Zhoujiawei"),
        ("北河溇", "Beihelou"),
        ("泖河", "Maohe"),
        ("马厩", "Majiu"),
        ("仇家浜", "Qiujiabang"),
        ("单家", "Shanjia"),
        ("三港新城", "Sangang Xincheng"),
        ("新城", "Xincheng"),
        ("2号", "2hao"),
        ("vivo", "Vivo"),
        ("", ""),
    ],
)
def test_the_proper_part(chinese: str, letters: str) -> None:
    assert spelled(chinese) == letters


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("平湖市", "Pinghu City"),
        ("当湖街道", "Danghu Subdistrict"),
        ("独山港镇", "Dushangang Town"),
        ("南市社区", "Nanshi Community"),
        ("钟埭社区", "Zhongdai Community"),
        ("钟埭村", "Zhongdai Village"),
        ("长安乡", "Chang'an Township"),
        ("独山港镇全公亭社区", "Dushangang Town Quangongting Community"),
        ("平湖市当湖街道", "Pinghu City Danghu Subdistrict"),
        ("城东菜市场", "Chengdongcaishichang"),
        ("村", "Cun"),
    ],
)
def test_what_kind_of_place_it_is(chinese: str, english: str) -> None:
    assert english_place(chinese) == english


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("水洞埭社区党群服务中心", "Shuidongdai Community Party-Mass Service Center"),
        ("党群服务中心", "Party-Mass Service Center"),
        ("民主村邻里中心", "Minzhu Village Linlizhongxin"),
        ("\U00020bb7村党群服务中心", ""),
        ("很长" * 40, ""),
    ],
)
def test_the_whole_name(chinese: str, english: str) -> None:
    assert english_name(chinese) == english


def test_the_place_alone() -> None:
    assert short_name_en("Shuidongdai Community Party-Mass Service Center") == "Shuidongdai Community"
    assert (short_name_en(CENTER_EN), short_name_en(""), short_name_en("Red Station")) == (CENTER_EN, "", "Red Station")


def test_every_name_of_the_register_has_one_and_none_is_used_twice() -> None:
    with (settings.BASE_DIR / "data" / "centers.csv").open(encoding="utf-8", newline="") as file:
        names = [display_name(row["name"]) for row in csv.DictReader(file)]
    places = [short_name_en(english_name(name)) for name in names]
    assert [place for place in places if not PLACE.fullmatch(place)] == []
    assert len(set(places)) == len(names)


def test_who_only_shows_names_never_loads_the_dictionary() -> None:
    web = (
        "import sys, django; django.setup(); import pingh_portal.urls, centers.services.tree; "
        "sys.exit('pypinyin' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", web], cwd=Path(settings.BASE_DIR), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr

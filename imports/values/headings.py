"""Line of headings of a sheet: found below its titles, each heading guessed to be a column of an activity."""

import hashlib
import re
from collections.abc import Sequence

from common.sheets import SheetRow, Value
from imports.choices import Column
from imports.values.cells import said
from imports.values.numerals import YEAR_SIGNS, by_digits, plain

HEADINGS_WITHIN = 20
FEWEST = 2
SIGNS = re.compile(r"[\s()\[\]【】:,.、/\\·*_-]+")
UNIT = re.compile(r"[(](?:人|人次|名|单位[^)]*)[)]")
YEAR = re.compile(rf"(?<![0-9])(20[0-9]{{2}})(?![0-9])|([{YEAR_SIGNS}]{{4}})(?=年)")
# Headings as sheets word them, in plain signs; the export's own are among them.
EXACT = {
    Column.TITLE: "活动名称 活动主题 名称 主题 标题 题目 活动标题 项目名称 培训名称 培训主题 接待对象 来访单位",
    Column.WHEN: "时间 日期 活动时间 活动日期 开展时间 举办时间 培训时间 接待时间 服务时间 日期和时间 开展日期",
    Column.START: "开始时间 起始时间 开始",
    Column.END: "结束时间 终止时间 结束",
    Column.PEOPLE: "人数 人次 参加人数 参与人数 参加人次 实到人次 实到人数 受益人数 服务人次 培训人数 参与人次 "
    "接待人数",
    Column.PLACE: "地点 场地 地点场地 活动地点 活动场地 场所 举办地点 服务地点",
    Column.KIND: "类别 类型 活动类型 活动类别 种类",
    Column.LINE: "条线 工作条线 所属条线",
    Column.CENTER: "中心编码 牵头中心 党群服务中心 所属中心 中心",
    Column.ORGANIZATION: "指导党组织 检查党组织 被指导党组织 被检查党组织 受检党组织 检查对象 指导对象 党组织 "
    "党组织名称",
    Column.NOTE: "备注 说明 一句话 备注说明 情况说明",
    Column.NUMBER: "编号 活动编号",
}
# Parts of a heading that make a guess, the first that fits; to be looked at.
PARTS = (
    (Column.PEOPLE, ("人数", "人次")),
    (Column.START, ("开始",)),
    (Column.END, ("结束",)),
    (Column.WHEN, ("日期", "时间")),
    (Column.PLACE, ("地点", "场地", "场所")),
    (Column.KIND, ("类别", "类型", "性质")),
    (Column.LINE, ("条线", "部门")),
    (Column.ORGANIZATION, ("党组织", "支部")),
    (Column.TITLE, ("名称", "主题", "标题", "题目", "内容")),
    (Column.NOTE, ("备注", "说明", "内容", "情况", "小结")),
)
_by_words = {word: column for column, words in EXACT.items() for word in words.split()}


def key(heading: str) -> str:
    """Heading without blanks, signs and units: 时 间 is 时间, 参加人数（人） is 参加人数."""
    return SIGNS.sub("", UNIT.sub("", plain(heading))).casefold()


def find_headings(rows: Sequence[SheetRow]) -> int | None:
    """Place among the first rows of the one with most headings that are known; None where no row has two."""
    counts = [len({column for cell in row.cells if (column := exact(said(cell)))}) for row in rows]
    most = max(counts, default=0)
    return counts.index(most) if most >= FEWEST else None


def exact(heading: str) -> Column | None:
    return _by_words.get(key(heading))


def guess(headings: Sequence[str]) -> list[tuple[Column, bool]]:
    """Column of each heading and whether the guess is sure; each column once, sure guesses first."""
    guesses: list[tuple[Column, bool]] = [(Column.NONE, True)] * len(headings)
    taken: set[Column] = set()
    for place, heading in enumerate(headings):
        column = exact(heading)
        if column and column not in taken:
            guesses[place] = (column, True)
            taken.add(column)
    for place, heading in enumerate(headings):
        if guesses[place][0] or exact(heading):
            continue
        found = next(
            (column for column, parts in PARTS if column not in taken and any(part in key(heading) for part in parts)),
            None,
        )
        if found:
            guesses[place] = (found, False)
            taken.add(found)
    return _with_a_day(guesses, taken)


def _with_a_day(guesses: list[tuple[Column, bool]], taken: set[Column]) -> list[tuple[Column, bool]]:
    """A sheet without a day of its own has it in the start."""
    if Column.WHEN in taken or Column.START not in taken:
        return guesses
    return [(Column.WHEN, sure) if column == Column.START else (column, sure) for column, sure in guesses]


def fingerprint(headings: Sequence[str]) -> str:
    """Fingerprint of a form of sheet: that of its headings, in order."""
    return hashlib.sha256("\x1f".join(map(key, headings)).encode()).hexdigest()


def year_of(*texts: str) -> int | None:
    """The one year that titles and names speak of; None where there is none, or several."""
    years = {
        int(arabic) if arabic else by_digits(chinese) for text in texts for arabic, chinese in YEAR.findall(plain(text))
    }
    return years.pop() if len(years) == 1 else None


def as_headings(cells: Sequence[Value]) -> list[str]:
    """Headings as the sheet words them."""
    return [said(cell)[:60] for cell in cells]

"""Words for kinds of activities and lines of work, in both languages and as sheets abbreviate them."""

from functools import cache

from django.utils.translation import override

from activities.choices import ActivityKind, WorkLine
from imports.values.numerals import plain

LANGUAGES = ("zh-hans", "en")
KIND_WORDS = {
    ActivityKind.ACTIVITY: "活动 党建活动 党群活动 党群服务活动 党群服务 党员活动 群众活动 文化活动 主题党日 "
    "主题活动 便民服务 文体活动 公益活动",
    ActivityKind.TRAINING: "培训 教育培训 党员培训 学习 集中学习 党课 微党课 讲座 宣讲 座谈 座谈会",
    ActivityKind.VOLUNTEERING: "志愿服务 志愿 志愿活动 志愿者活动 志愿服务活动",
    ActivityKind.RECEPTION: "接待 参观 参观接待 考察接待 调研接待 考察 参观考察 学习考察 接待参观",
    ActivityKind.INSPECTION: "检查 督查 督导 指导 指导检查 检查指导 督促检查 工作检查",
}
LINE_WORDS = {
    WorkLine.ORGANISATION: "组织 党建 党委 组织部 党组织",
    WorkLine.PUBLICITY: "宣传 宣传部 新时代文明实践",
    WorkLine.UNITED_FRONT: "统战 统战部",
    WorkLine.LAW: "政法 综治 司法 平安",
    WorkLine.UNION: "工会 总工会",
    WorkLine.YOUTH: "团 团委 共青团 青年 团组织",
    WorkLine.WOMEN: "妇联 妇女 妇女联合会",
    WorkLine.CIVIL: "民政 社区服务",
    WorkLine.VETERANS: "退役军人 双拥",
    WorkLine.HEALTH: "卫健 卫生 健康 卫生健康 卫计",
    WorkLine.CULTURE: "文体 文化 体育 文化体育 文旅",
    WorkLine.OTHER: "其他 其它 其他条线",
}


@cache
def kinds() -> dict[str, ActivityKind]:
    """Kind by its words."""
    return _by_words(KIND_WORDS, {kind: kind.label for kind in ActivityKind})


@cache
def lines() -> dict[str, WorkLine]:
    """Line of work by its words."""
    return _by_words(LINE_WORDS, {line: line.label for line in WorkLine})


def key(text: str) -> str:
    """Words as they are looked up: plain, without blanks, in small letters."""
    return plain(text).replace(" ", "").casefold()


def _by_words(words: dict, labels: dict) -> dict:
    found = {key(word): choice for choice, said in words.items() for word in said.split()}
    for language in LANGUAGES:
        with override(language):
            found.update({key(str(label)): choice for choice, label in labels.items()})
    return found

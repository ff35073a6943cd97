"""Names and other words of people in a page: marked as Chinese where the page isn't, and broken where they may be.

Names come here as their page shows them (`shown_name`): in English where there is an English one, else in Chinese.
"""

import re

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from common.i18n.bilingual import HAN, holds_chinese

CENTER = "党群服务中心"
# Of the English name: no line ends at its hyphen.
UNBROKEN = "Party-Mass"
# More characters than these may not fit on a line of a phone in large type.
LONGEST_UNBROKEN = 11
# Chinese from its first character to its last, with the punctuation and digits between.
CHINESE = re.compile(f"([{HAN}](?:[\u3000-\u9fff\uff00-\uffef0-9{HAN}]*[{HAN}\u3000-\u303f\uff00-\uffef])?)")


def center_name(name: str) -> SafeString:
    """A center's name that breaks only before 党群服务中心, or where it must.

    It is marked as Chinese where the page isn't.
    """
    if not holds_chinese(name):
        before, unbroken, after = name.partition(UNBROKEN)
        return (
            format_html('{}<span class="nowrap">{}</span>{}', before, unbroken, after)
            if unbroken
            else format_html("{}", name)
        )
    head = name.removesuffix(CENTER)
    tail = name[len(head) :]
    if len(head) > LONGEST_UNBROKEN:
        words = format_html("{}", name)
    elif head and tail:
        words = format_html('<span class="nowrap">{}</span><wbr><span class="nowrap">{}</span>', head, tail)
    else:
        words = format_html('<span class="nowrap">{}</span>', name)
    return _marked(words)


def zh(text: object) -> SafeString | str:
    """Text that people entered (names of centers, rooms, their own words).

    Marked as Chinese where it is and the page isn't.
    """
    words = format_html("{}", text)
    return _marked(words) if holds_chinese(words) else words


def lang_zh(text: object) -> SafeString:
    """`<option{{ name|lang_zh }}>`.

    Marks the element itself, if the words in it are Chinese, where no mark-up fits into it.
    """
    return mark_safe(' lang="zh"') if holds_chinese(f"{text}") else mark_safe("")  # our own constants  # nosec B308 B703


def zh_within(text: object) -> SafeString:
    """A sentence of the page's language with Chinese data in it (a message, a caption).

    The Chinese is marked where the page isn't.
    """
    parts = CHINESE.split(f"{text}")
    return format_html_join(
        "", "{}", ((_marked(format_html("{}", part)) if place % 2 else part,) for place, part in enumerate(parts))
    )


def _marked(words: SafeString) -> SafeString:
    if (get_language() or "").startswith("zh"):
        return words
    return format_html('<span lang="zh">{}</span>', words)

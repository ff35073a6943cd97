"""Names in two languages: choosing the page's, and detecting Chinese."""

import re

from django.utils.translation import get_language

# Chinese characters for a class of a pattern, rare ones (𠮷) too.
HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
IDEOGRAPH = re.compile(f"[{HAN}]")


def in_page_language(chinese: str, english: str) -> str:
    """English name on an English page, if there is one; else the Chinese name."""
    return english if english and (get_language() or "").startswith("en") else chinese


def holds_chinese(words: str) -> bool:
    """Whether any of the words is written in Chinese characters."""
    return IDEOGRAPH.search(words) is not None

"""Words in the wrong language: Latin on Chinese pages, Chinese on English ones outside what is marked as Chinese."""

import re
from collections.abc import Iterable, Set

from playwright.sync_api import Page

# Each text with the language it is marked with and where it stands. Code is nobody's language, what people type is
# theirs, and what is hidden from readers is drawn, not said.
TEXTS = """() => {
    const language = (one) => (one.closest("[lang]")?.lang ?? "").toLowerCase().split("-")[0];
    const texts = [];
    const walker = document.createTreeWalker(document, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const one = walker.currentNode.parentElement;
        if (one && !one.closest("script, head noscript, style, pre, code, textarea, [aria-hidden=true]")) {
            texts.push([language(one), one.tagName.toLowerCase(), walker.currentNode.data]);
        }
    }
    for (const name of ["aria-label", "title", "alt", "placeholder"]) {
        for (const one of document.querySelectorAll(`[${name}]`)) texts.push([language(one), `@${name}`, one.getAttribute(name)]);
    }
    return [document.documentElement.lang, texts.filter(([, , text]) => text.trim())];
}"""
CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003134f]+")
LATIN = re.compile(r"[A-Za-z][A-Za-z'’-]+")
REFERENCE = re.compile(r"(?<![0-9A-Z])[2-9A-HJKMNP-Z]{10}(?![0-9A-Z])")
# What stands in Latin letters in Chinese too.
KEPT = {
    "API",
    "OpenAPI",
    "HTTP",
    "HTTPS",
    "JSON",
    "RFC",
    "URL",
    "REST",
    "ISO",
    "WCAG",
    "AA",
    "GB",
    "axe",
    "JavaScript",
    "Cookie",
    "CSV",
    "xlsx",
    "PDF",
    "ZIP",
    "SHA",
    "KB",
    "MB",
    "xls",
    "ods",
}
# Said of the API, on the page about it.
KEPT |= {
    "GET",
    "POST",
    "PATCH",
    "DELETE",
    "id",
    "null",
    "true",
    "false",
    "zh-Hans",
    "en",
    "CSRF",
    "X-CSRFToken",
    "csrftoken",
    "ytd",
    "all",
}
KEPT |= {"Content-Type", "application", "json", "Idempotency-Key", "ASCII"}
# No mark-up fits into these, so that names in them can't be marked as Chinese. A page's title is in its own language
# all the same.
UNMARKABLE = ("option", "@aria-label", "@title", "@alt")


def wrong_words(page: Page, names: Iterable[str]) -> list[str]:
    """Each text in the wrong language, with where it stands.

    `names`: those of rooms and people that have no English, which may stand where no mark-up fits, and user names,
    which are Latin.
    """
    language, texts = page.evaluate(TEXTS)
    chinese = language.lower().startswith("zh")
    assert chinese or language == "en", f"{page.url} says that it is in {language!r}"
    if chinese:
        kept = KEPT | set(names)
        return [f"<{place}> {text.strip()}" for marked, place, text in texts if marked == "zh" and _latin(text, kept)]
    longest_first = sorted(names, key=len, reverse=True)
    return [
        f"<{place}> {text.strip()}"
        for marked, place, text in texts
        if marked == "en" and _chinese(text, longest_first if place in UNMARKABLE else ())
    ]


def _latin(text: str, kept: Set[str]) -> bool:
    return any(word not in kept for word in LATIN.findall(REFERENCE.sub("", text)))


def _chinese(text: str, names: Iterable[str]) -> bool:
    for name in names:
        text = text.replace(name, "")
    return bool(CHINESE.search(text))

"""Style sheets as the tests of this directory read them: the classes a sheet defines, and those that pages use."""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from common.style_sheets import SOURCES, sheets
from tests.architecture.sources import PROJECT, code, templates, text_of

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
TEMPLATE_TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
COMBINATOR = re.compile(r"\s*[>+~]\s*|\s+")
CLASS = re.compile(r"\.([A-Za-z][\w-]*)")
BRACKETED = re.compile(r"\[[^\]]*\]|:not\([^)]*\)|:lang\([^)]*\)|:nth-child\([^)]*\)")
ATTRIBUTE = re.compile(r'(?<![\w-])(?:class|css)="((?:[^"{]|\{\{.*?\}\}|\{%.*?%\}|\{)*)"')
BLOCK = re.compile(r"\{% block \w+_class %\}([\w\s-]*)\{% endblock")
# A state that several components have: it never stands alone, but beside or below a class of the sheet it is in.
STATE = re.compile(r"is-")


def selectors(text: str) -> Iterator[str]:
    """Every selector of a sheet, those inside @media too."""
    for head in re.findall(r"([^{}]+)\{", COMMENT.sub("", text)):
        if not head.strip().startswith("@"):
            yield from (" ".join(one.split()) for one in re.split(r",(?![^(]*\))", head))


def subject(selector: str) -> str | None:
    """The class that a selector is about.

    The first of its last part that has one; a state counts as the class it is a state of.
    """
    for part in reversed(COMBINATOR.split(BRACKETED.sub("", selector))):
        named = [one for one in CLASS.findall(part) if not STATE.match(one)]
        if named:
            return named[0]
    return None


def definitions() -> dict[str, set[str]]:
    """Each class that is the subject of a rule, with the names of the sheets the rules are in."""
    found: dict[str, set[str]] = defaultdict(set)
    for sheet in sheets():
        for selector in selectors(text_of(sheet)):
            if about := subject(selector):
                found[about].add(sheet.relative_to(SOURCES).as_posix())
    return found


def styled() -> set[str]:
    """Every class that any selector names."""
    return {one for sheet in sheets() for selector in selectors(text_of(sheet)) for one in CLASS.findall(selector)}


def classes_in(template: str) -> set[str]:
    """The classes a template writes out; those that its variables hold aren't known here."""
    values = [*ATTRIBUTE.findall(template), *BLOCK.findall(template)]
    return {word for value in values for word in TEMPLATE_TAG.sub(" ", value).split() if not word.endswith("-")}


def used_in_templates() -> dict[str, set[Path]]:
    found: dict[str, set[Path]] = defaultdict(set)
    for path in (*templates(), *(PROJECT / "templates" / "icons").glob("*.svg")):
        for word in classes_in(text_of(path)):
            found[word].add(path)
    return found


def words_of_scripts() -> set[str]:
    """Every word of the Python and JavaScript that classes could come from.

    Attributes of form fields, tones, drawings.
    """
    scripts = [*(PROJECT / "static").rglob("*.js"), *PROJECT.glob("*/static/**/*.js")]
    return {word for path in (*code(), *scripts) for word in re.findall(r"[A-Za-z][\w-]*", text_of(path))}

"""Rules about our files that no linter knows.

Each finds its planted fault first, so that it can't pass by finding nothing.
"""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import APPS, code, named, templates, text_of, texts

INLINE = re.compile(
    r"<style\b|<script\b(?![^>]*\bsrc=)|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:|\bhx-on\b|\bhx-vals\s*=\s*[\"']js:",
    re.IGNORECASE,
)
NAIVE_TIME = re.compile(
    r"\b(?:datetime\.now|datetime\.utcnow|date\.today|timezone\.now|timezone\.localdate|dt\.datetime\.now|time\.time)\s*\("
)
PUBLISHED = re.compile(r"\.(?:delay|apply_async|send_task)\s*\(")
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:root|work|home/[a-z]\w*|Users/[A-Za-z]\w*|private/tmp)/[\w.-]")
CJK = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
MARKED = re.compile(r"<(\w+)\b[^>]*\blang=\"zh[^>]*>.*?</\1>", re.DOTALL)
# A literal handed to the filter that wraps it in such an element.
DATA = re.compile(r"\{\{\s*\"[^\"]*\"\s*\|\s*zh\b")
SIGNAL = re.compile(r"@receiver\b|\b(?:pre|post)_(?:save|delete|init)\.connect|\bm2m_changed\.connect")
COMMENT = re.compile(r"\{#.*?#\}|\{%\s*comment.*?endcomment\s*%\}", re.DOTALL)
# First words of a docstring that put off saying what the thing is. A predicate may begin with "Whether".
RIDDLE = re.compile(
    r"(?:What|How|Who|Whose|Whom|Whoever|Whatever|Wherever|When|Where|Which|That|As|It|Its|They|Their|This|These|Those)\b"
)
# Names that Django itself looks for in many modules.
DJANGO_NAMES = {"Meta", "Command", "Migration"}
# Where a task is handed to the broker: after the commit, tolerant of one that is down.
PUBLISHER = "notifications/services/worker.py"
TIME_SOURCE = "common/clock.py"
MODULE_LINES, FUNCTION_LINES = 300, 60
# Longer on 30 November 2026, each with the lines it had: they get shorter, and nothing is added.
LONG_MODULES: dict[str, int] = {"tests/api/test_codes.py": 309}


@pytest.mark.parametrize(
    ("pattern", "fault"),
    [
        (INLINE, '<p style="color:red">'),
        (INLINE, "<script>go()</script>"),
        (INLINE, '<a onclick="go()">'),
        (NAIVE_TIME, "timezone.now()"),
        (NAIVE_TIME, "dt.date.today()"),
        (PUBLISHED, "deliver_message.delay(1)"),
        (MACHINE_PATH, "open('/home/somebody/x')"),
        (CJK, "<p>首页</p>"),
        (SIGNAL, "@receiver(post_save)"),
        (RIDDLE, "What lies on the desks today."),
    ],
)
def test_each_pattern_finds_its_fault(pattern, fault):
    assert pattern.search(fault)


def test_templates_hold_no_inline_style_script_or_handler():
    assert not _found(INLINE, templates())


def test_templates_hold_no_chinese_but_data():
    """English is the source language.

    Chinese is in the catalogue, or data in an element with `lang="zh"` (the filter `zh` makes one).
    """
    words = {path: MARKED.sub("", DATA.sub("", COMMENT.sub("", text_of(path)))) for path in templates()}
    assert not {named(path): CJK.findall(text) for path, text in words.items() if CJK.search(text)}


def test_time_comes_from_the_clock():
    ours = [path for path in code() if named(path) != TIME_SOURCE and not named(path).startswith("embedded/")]
    assert not _found(NAIVE_TIME, ours)


def test_tasks_are_not_published_but_by_the_outbox():
    """A task handed over inside a transaction may run before the commit, or be lost.

    One writes an outbox row, which wakes the worker.
    """
    assert not _found(PUBLISHED, [path for path in code() if named(path) != PUBLISHER])


def test_no_signals_between_models():
    assert not _found(SIGNAL, code())


def test_no_path_of_a_machine():
    assert not _found(MACHINE_PATH, [path for path in texts() if path.name != "test_sources.py"])


def test_modules_stay_small() -> None:
    """But for migrations, which are data."""
    lines = {
        named(path): len(text_of(path).splitlines()) for path in code(tests=True) if "migrations" not in path.parts
    }
    long = {path: size for path, size in lines.items() if size >= MODULE_LINES}
    assert {path: size for path, size in long.items() if size > LONG_MODULES.get(path, 0)} == {}
    assert LONG_MODULES.keys() <= long.keys(), "one that has become short is a module like any other"


def test_functions_stay_small() -> None:
    assert lengths_of("def one():\n    first = 1\n    return first\n") == {"one": 3}
    long = {
        f"{named(path)}: {name}": lines
        for path in code(tests=True)
        for name, lines in lengths_of(text_of(path)).items()
        if lines >= FUNCTION_LINES and "migrations" not in path.parts
    }
    assert long == {}


def lengths_of(source: str) -> dict[str, int]:
    """Lines of each function, from its `def` to its last line."""
    return {
        node.name: (node.end_lineno or 0) - node.lineno + 1
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def test_nothing_is_called_utils():
    assert not [named(path) for path in code(tests=True) if path.stem in ("utils", "helpers", "misc", "util")]


def test_docstrings_begin_with_a_noun_or_a_verb():
    """Who reads only the first lines learns what each thing is."""
    assert not [f"{named(path)}: {line}" for path in code() for line in _first_lines(path) if RIDDLE.match(line)]


def test_no_app_has_two_classes_of_one_name():
    """Else an import, a traceback and a search don't say which one is meant."""
    named_twice = {
        app: [name for name, count in Counter(_classes(app)).items() if count > 1 and name not in DJANGO_NAMES]
        for app in (*APPS, "embedded")
    }
    assert len(set(_classes("centers"))) > 20
    assert not {app: names for app, names in named_twice.items() if names}


def _first_lines(path: Path) -> Iterator[str]:
    """First lines of the docstrings of a module, its classes and its functions."""
    for node in ast.walk(ast.parse(text_of(path))):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield (ast.get_docstring(node) or "").partition("\n")[0]


def _classes(app: str) -> list[str]:
    """Names of the classes that an app's modules define."""
    modules = [ast.parse(text_of(path)) for path in code() if named(path).startswith(f"{app}/")]
    return [node.name for module in modules for node in module.body if isinstance(node, ast.ClassDef)]


def _found(pattern, paths):
    return [f"{named(path)}: {match.group(0).strip()}" for path in paths for match in pattern.finditer(text_of(path))]

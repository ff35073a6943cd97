"""The message catalogue: gathered from code and templates, kept in locale/, compiled for gettext.

Pure Python, no gettext tools.

English is the source language and needs no catalogue; the Chinese one is what users live in, and a test keeps it
complete.
"""

import io
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

PROJECT = Path(__file__).resolve().parent.parent.parent
CATALOGUE = PROJECT / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
CODE = tuple(sorted([*(path.parent.name for path in PROJECT.glob("*/apps.py")), "pingh_portal"]))
# Django's names besides those Babel knows; the numbers say which argument is what.
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def gather() -> Catalog:
    """Collect the messages of code and templates, without translations."""
    catalogue = Catalog(
        locale="zh_Hans", domain="django", project="pingh-portal", version="1", charset="utf-8", fuzzy=False
    )
    for path in _sources():
        text = path.read_text(encoding="utf-8")
        if path.suffix in (".html", ".txt"):
            text = _as_python(text, str(path))
        for _line, message, _comments, context in extract("python", io.BytesIO(text.encode()), keywords=KEYWORDS):
            catalogue.add(message, context=context)
    return catalogue


def refresh(merge: Iterable[Path] = ()) -> Catalog:
    """Bring the catalogue up to date with the code.

    Translations stay, what no code says any more goes, nothing is guessed.

    `merge`: files of lines `message<TAB>translation` (`\\n` for a line end, `\\t` for a tab) that fill in or replace
    translations.
    """
    catalogue, known = gather(), read_catalogue()
    for message in catalogue:
        old = known.get(message.id, context=message.context) if message.id else None
        if old and not old.fuzzy:
            message.string = old.string
    for path in merge:
        _merge(catalogue, path)
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    CATALOGUE.write_bytes(_as_po(catalogue))
    return catalogue


def read_catalogue() -> Catalog:
    """Read the catalogue; empty where there is none yet."""
    if not CATALOGUE.exists():
        return Catalog(locale="zh_Hans")
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="zh_Hans")


def is_translated(message: Message) -> bool:
    """Whether every form of the message has words."""
    words = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
    return bool(words) and all(words)


def compile_catalogues() -> list[Path]:
    """Make each .mo that is older than its .po, whole or not at all; returns those made."""
    made = []
    for source in sorted((PROJECT / "locale").glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parent.parent.name)
        with tempfile.NamedTemporaryFile(dir=source.parent, delete=False) as whole:
            write_mo(whole, catalogue)
        os.chmod(whole.name, 0o644)
        os.replace(whole.name, target)
        made.append(target)
    return made


def _sources() -> Iterator[Path]:
    for app in CODE:
        yield from sorted(path for path in (PROJECT / app).rglob("*.py") if "migrations" not in path.parts)
        yield from sorted((PROJECT / app).rglob("templates/**/*.html"))
    yield from sorted(path for path in (PROJECT / "templates").rglob("*") if path.suffix in (".html", ".txt"))


def _as_python(template: str, origin: str) -> str:
    """Template's messages as calls that Babel understands, by Django's own extraction.

    Indentation means nothing there.
    """
    return "\n".join(line.strip() for line in templatize(template, origin=origin).splitlines())


def _merge(catalogue: Catalog, path: Path) -> None:
    by_id: dict[str, list[Message]] = {}
    for message in catalogue:
        by_id.setdefault(message.id if isinstance(message.id, str) else message.id[0], []).append(message)
    for line in path.read_text(encoding="utf-8").splitlines():
        msgid, tab, msgstr = line.partition("\t")
        if not tab or not msgid.strip():
            continue
        words = _unescape(msgstr.split("\t")[0])
        for message in by_id.get(_unescape(msgid), []):
            message.string = words if isinstance(message.id, str) else (words,)


def _unescape(text: str) -> str:
    return text.replace("\\n", "\n").replace("\\t", "\t").strip(" ")


def _as_po(catalogue: Catalog) -> bytes:
    """Catalogue as .po text, sorted and without places and dates, so that it changes only where a message does."""
    file = io.BytesIO()
    write_po(file, catalogue, sort_output=True, no_location=True, omit_header=True, width=0)
    header = (
        'msgid ""\nmsgstr ""\n"Language: zh_Hans\\n"\n"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
    )
    header += '"Content-Transfer-Encoding: 8bit\\n"\n"Plural-Forms: nplurals=1; plural=0;\\n"\n\n'
    return header.encode() + file.getvalue().lstrip(b"\n")

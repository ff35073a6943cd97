"""PDF by Typst: a document's data become pages. Data are passed as JSON and never become markup."""

import json
import tempfile
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

from ledger.exceptions import FontMissing

DOCUMENT = Path("templates/ledger/document.typ")
# Families with Chinese characters, the best readable first; one of them must be installed.
CHINESE_FONTS = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Noto Sans SC",
    "PingFang SC",
    "Hiragino Sans GB",
    "Microsoft YaHei",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Noto Serif CJK SC",
    "SimSun",
)
# Where installed they draw characters beyond those (CJK Extension B and later), and right-to-left scripts.
FURTHER_FONTS = ("SimSun-ExtB", "HanaMinB", "BabelStone Han", "Noto Sans Arabic", "Noto Sans Hebrew", "DejaVu Sans")


def typeset(document: Mapping[str, Any], *, made_at: float, put_images: Callable[[Path], None] | None = None) -> bytes:
    """Pages of a document (`ledger.domain.documents`) as PDF. The same document and second give the same bytes.

    `put_images` writes the images that the document names into the folder it is given. Raises FontMissing.
    """
    fonts, families = _fonts()
    data = json.dumps({**document, "fonts": families}, ensure_ascii=False)
    with tempfile.TemporaryDirectory(prefix="ledger-") as folder:
        if put_images is not None:
            put_images(Path(folder))
        source = Path(folder) / DOCUMENT.name
        source.write_bytes((settings.BASE_DIR / DOCUMENT).read_bytes())
        return typst.compile(
            str(source), root=folder, font_paths=fonts, sys_inputs={"data": data}, timestamp=int(made_at)
        )


def must_have_font() -> None:
    """Raise FontMissing where no font with Chinese characters is installed: a PDF would show empty boxes."""
    _fonts()


def _fonts() -> tuple[typst.Fonts, list[str]]:
    """The fonts of this system, and the families to set in, in order."""
    fonts, there = _system_fonts()
    chinese = [family for family in CHINESE_FONTS if family in there]
    if not chinese:
        _system_fonts.cache_clear()  # it may be installed while we run
        raise FontMissing
    return fonts, [*chinese[:1], *(family for family in FURTHER_FONTS if family in there)]


@lru_cache(maxsize=1)
def _system_fonts() -> tuple[typst.Fonts, frozenset[str]]:
    fonts = typst.Fonts(include_system_fonts=True, include_embedded_fonts=False)
    return fonts, frozenset(fonts.families())

"""Icons: the SVG files of `templates/icons`, read once.

Inlined by `{% icon %}`, they take the colour of their words, in dark mode and on paper alike.

Files of the class `icon` stand beside words (24 × 24, one stroke); those of `icon-duotone` head an entrance or a
functional area (44 × 44, a pale fill and one accent). What the root element says besides is for viewing the file
alone: on a page the style sheet says it.
"""

import re
from pathlib import Path

from django.conf import settings

DIRECTORY = Path(settings.BASE_DIR) / "templates" / "icons"
ROOT = re.compile(
    r'<svg\b(?=[^>]*\sclass="(?P<css>[\w-]+)")(?=[^>]*\sviewBox="(?P<box>[\d ]+)")[^>]*>(?P<shapes>.*)</svg>',
    re.DOTALL,
)
BETWEEN_TAGS = re.compile(r">\s+<")


def read(directory: Path) -> dict[str, str]:
    """The drawings of a directory by the names of their files, as they go into a page: hidden from screen readers.

    The words beside an icon, or the control's own label, say what it means.
    """
    return {file.stem: _inline(file) for file in sorted(directory.glob("*.svg"))}


def drawing(name: str) -> str:
    """The SVG of an icon.

    Raises KeyError for a name that isn't drawn, so that a typing error shows in the first test of the page.
    """
    return DRAWINGS[name]


def _inline(file: Path) -> str:
    svg = ROOT.search(file.read_text(encoding="utf-8"))
    if svg is None:
        raise ValueError(f"{file} is not an <svg> with a class and a viewBox.")
    shapes = BETWEEN_TAGS.sub("><", svg["shapes"].strip())
    return f'<svg class="{svg["css"]}" viewBox="{svg["box"]}" aria-hidden="true" focusable="false">{shapes}</svg>'


DRAWINGS = read(DIRECTORY)

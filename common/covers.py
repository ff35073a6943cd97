"""Generated SVG covers for what has no photograph.

A window lattice and a character, both drawn from the name, so one name has one cover for ever.

We have no photographs and invent none. The colours are tokens (`static/css/tokens.css`), reached by class:
no inline style, dark mode included.
"""

from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import Literal

Kind = Literal["square", "wide"]


@dataclass(frozen=True)
class Lattice:
    """Tile of a window lattice: its width and height in user units, and its lines."""

    width: int
    height: int
    lines: str


@dataclass(frozen=True)
class Frame:
    """The sheet a kind of cover is drawn on.

    Size, middle of the medallion, its radius, and how large a tile is drawn.
    """

    width: int
    height: int
    middle: float
    radius: float
    scale: float


LATTICES = (
    Lattice(30, 30, "M0 0h30v30H0zM7 7h16v16H7zM0 15h7M23 15h7M15 0v7M15 23v7"),
    Lattice(24, 24, "M0 12h24M12 0v24M6 6h12v12H6z"),
    Lattice(26, 26, "M0 13a13 13 0 0 0 13-13M13 0a13 13 0 0 0 13 13M26 13a13 13 0 0 0-13 13M13 26A13 13 0 0 0 0 13"),
    Lattice(32, 32, "M0 8h16v16H0M16 8h16M16 24h16M8 0v8M24 24v8M24 0v8M8 24v8"),
    Lattice(36, 36, "M9 0h18l9 18-9 18H9L0 18zM9 0 18 18 27 0M9 36l9-18 9 18"),
    Lattice(28, 28, "M14 0 28 14 14 28 0 14zM14 7l7 7-7 7-7-7z"),
)
HUES = ("sand", "field", "lake", "clay")
MEDALLIONS = ("circle", "octagon", "quatrefoil")
FRAMES: dict[str, Frame] = {
    "square": Frame(96, 96, 48, 33, 0.72),
    "wide": Frame(800, 150, 240, 51, 0.8),
}
# The city and what every center is called tell nothing apart, so the character is taken from the words between.
COMMON_WORDS = ("平湖市", "党群服务中心")
ID_SLOT = "\0"


def glyph(name: str) -> str:
    """The character a name is known by: the first that isn't shared by all names, or 平 for the city's own center."""
    words = name.strip()
    rest = words
    for common in COMMON_WORDS:
        rest = rest.replace(common, "")
    return next((character for character in rest if character.isalnum()), words[:1] if words[:1].isalnum() else "平")


def cover_svg(name: str, kind: Kind = "square", serial: int = 0) -> str:
    """The cover of `name` as SVG.

    `serial` keeps the pattern's id apart from other covers of the same name on the page.
    """
    return _drawing(name, kind).replace(ID_SLOT, f"{_digest(name)[:3].hex()}-{serial}")


def _digest(name: str) -> bytes:
    return blake2b(name.encode(), digest_size=8).digest()


@lru_cache(maxsize=1024)
def _drawing(name: str, kind: Kind) -> str:
    digest, frame = _digest(name), FRAMES[kind]
    lattice = LATTICES[digest[3] % len(LATTICES)]
    hue = HUES[digest[4] % len(HUES)]
    shape = MEDALLIONS[digest[5] % len(MEDALLIONS)]
    middle, half = f"{frame.middle:g} {frame.height / 2:g}", frame.height / 2
    return (
        f'<svg class="cover-{hue}" viewBox="0 0 {frame.width} {frame.height}" aria-hidden="true" focusable="false">'
        f'<defs><pattern id="c{ID_SLOT}" width="{lattice.width}" height="{lattice.height}" patternUnits="userSpaceOnUse" '
        f'patternTransform="translate({middle}) scale({frame.scale:g})"><path class="cover-lattice" d="{lattice.lines}"/></pattern></defs>'
        f'<rect class="cover-ground" width="{frame.width}" height="{frame.height}"/>'
        f'<rect width="{frame.width}" height="{frame.height}" fill="url(#c{ID_SLOT})"/>'
        f"{_medallion(shape, 'cover-rim', frame.middle, half, frame.radius * 1.16)}"
        f"{_medallion(shape, 'cover-face', frame.middle, half, frame.radius)}"
        f'<text class="cover-glyph" x="{frame.middle:g}" y="{half + frame.radius * 0.365:.1f}" text-anchor="middle" '
        f'font-size="{frame.radius * 1.02:.1f}">{glyph(name)}</text></svg>'
    )


def _medallion(shape: str, css: str, x: float, y: float, radius: float) -> str:
    if shape == "circle":
        return f'<circle class="{css}" cx="{x:g}" cy="{y:g}" r="{radius:.1f}"/>'
    if shape == "octagon":
        a, b = radius, radius * 0.414
        corners = ((-b, -a), (b, -a), (a, -b), (a, b), (b, a), (-b, a), (-a, b), (-a, -b))
        return f'<path class="{css}" d="M{"L".join(f"{x + dx:.1f} {y + dy:.1f}" for dx, dy in corners)}z"/>'
    side, arc = radius, radius / 2
    turns = ((side, 0), (0, side), (-side, 0), (0, -side))
    arcs = "".join(f"a{arc:.1f} {arc:.1f} 0 0 1 {dx:.1f} {dy:.1f}" for dx, dy in turns)
    return f'<path class="{css}" d="M{x - side / 2:.1f} {y - side / 2:.1f}{arcs}z"/>'

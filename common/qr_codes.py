"""QR codes as inline SVG: dark on white in every mode, or no camera reads them."""

from functools import lru_cache

import segno

# A scratched screen or a fold in the paper costs as much as this.
ERROR_LEVEL = "m"
QUIET_ZONE = 4


@lru_cache(maxsize=512)
def qr_svg(text: str) -> str:
    """The QR code of `text` as SVG without a size of its own; the words beside it say what it is for."""
    drawn: str = segno.make(text, error=ERROR_LEVEL, micro=False).svg_inline(
        border=QUIET_ZONE, omitsize=True, dark="#000", light="#fff", svgclass=None, lineclass=None
    )
    return drawn.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)

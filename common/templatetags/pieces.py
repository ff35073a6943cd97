"""Small pieces of mark-up that every page uses: icons, covers, names of centers, Chinese words in English pages.

Names come here as their page shows them (`shown_name`): in English where there is an English one, else in Chinese, which is marked.
"""

from typing import Any

from django import template
from django.template.defaulttags import querystring
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from common.covers import Kind, cover_svg
from common.icons import drawing
from common.words import names

register = template.Library()
register.simple_tag(names.center_name)
register.filter("zh", names.zh)
register.filter("lang_zh", names.lang_zh)
register.filter("zh_within", names.zh_within)


@register.simple_tag
def icon(name: str) -> SafeString:
    """`{% icon "search" %}`: an icon of `common.icons`, to stand beside words."""
    return mark_safe(drawing(name))  # our own constants  # nosec B308 B703


@register.simple_tag(takes_context=True)
def cover(context: template.Context, name: str, kind: Kind = "square", css: str = "") -> SafeString:
    """`{% cover center.name kind="wide" css="n" %}`: the cover drawn from a name, decoration only.

    `css` adds classes (`n`: 64 px, `sq`: 88 px).
    """
    request = context.get("request")
    serial = getattr(request, "covers_drawn", 0) + 1
    if request is not None:
        request.covers_drawn = serial
    # The only character that comes from outside is one letter or digit (common.covers.glyph).
    drawn = mark_safe(cover_svg(name, kind, serial))  # nosec B308 B703
    return format_html('<span class="{}">{}</span>', f"cover {css}".strip(), drawn)


@register.simple_tag(takes_context=True)
def query_with(context: template.Context, **changes: Any) -> str:
    """Django's `querystring` for filters: the address with `changes` (None removes), back on the first page of the list."""
    return querystring(context, None, **{"page": None, **changes})


RIBBON_LEFT, RIBBON_WIDTH = 1.0, 298.0


@register.filter
def ribbon_x(fraction: float) -> str:
    """Where a fraction of the day (0…1) stands on a ribbon, in its units."""
    return f"{RIBBON_LEFT + RIBBON_WIDTH * min(max(fraction, 0.0), 1.0):.1f}"


@register.filter
def ribbon_width(fraction: float) -> str:
    """How wide a fraction of the day is on a ribbon, in its units."""
    return f"{RIBBON_WIDTH * min(max(fraction, 0.0), 1.0):.1f}"

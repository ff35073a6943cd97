"""Template tags and filters that every page uses: icons, covers, names of centers, Chinese words in English pages.

Names come here as their page shows them (`shown_name`): in English where there is an English one, else in Chinese,
which is marked.
"""

from typing import Any

from django import template
from django.template import Context
from django.template.defaulttags import querystring
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from common import navigation
from common.covers import Kind, cover_svg
from common.icons import drawing
from common.qr_codes import qr_svg
from common.words import names, numbers

register = template.Library()
register.simple_tag(names.center_name)
register.filter("zh", names.zh)
register.filter("lang_zh", names.lang_zh)
register.filter("zh_within", names.zh_within)
register.filter("people", numbers.people_words)


@register.simple_tag
def icon(name: str) -> SafeString:
    """`{% icon "search" %}`: an icon of `common.icons`, to stand beside words."""
    return mark_safe(drawing(name))  # noqa: S308 (our own constants)


@register.simple_tag(takes_context=True)
def menu(context: Context, name: str, *args: Any) -> list[navigation.Link]:
    """`{% menu "set_up" center.code as pages %}`: a menu of `common.navigation` as it is shown on this page."""
    request = context.get("request")
    match = getattr(request, "resolver_match", None)
    counts = navigation.counts_of(request) if request is not None else {}
    return navigation.links(navigation.Menu(name), match.view_name if match else "", args, counts)


register.filter("grouped", navigation.grouped)


@register.simple_tag(takes_context=True)
def cover(context: template.Context, name: str, kind: Kind = "square", css: str = "") -> SafeString:
    """`{% cover center.name kind="wide" css="small" %}`: the cover drawn from a name, decoration only.

    `css` adds classes (`small`: 64 px).
    """
    request = context.get("request")
    serial = getattr(request, "covers_drawn", 0) + 1
    if request is not None:
        request.covers_drawn = serial
    # The only character that comes from outside is one letter or digit (common.covers.glyph).
    drawn = mark_safe(cover_svg(name, kind, serial))  # noqa: S308
    return format_html('<span class="{}">{}</span>', f"cover {css}".strip(), drawn)


@register.simple_tag
def qr_code(text: str, label: str) -> SafeString:
    """`{% qr_code sign_up.code label %}`: a code to be read by a camera; `label` says it to ears."""
    drawn = mark_safe(qr_svg(text))  # noqa: S308 (squares of segno)
    return format_html('<span class="qr-code" role="img" aria-label="{}">{}</span>', label, drawn)


@register.simple_tag(takes_context=True)
def qr_address(context: Context, path: str, label: str) -> SafeString:
    """`{% qr_address path label %}`: a code that leads a camera to a page of this portal."""
    return qr_code(context["request"].build_absolute_uri(path), label)


@register.tag
def capture(parser: template.base.Parser, token: template.base.Token) -> "Capture":
    """`{% capture page_title %}…{% endcapture %}`: what stands between, in one line, for several places."""
    _, name = token.split_contents()
    nodes = parser.parse(("endcapture",))
    parser.delete_first_token()
    return Capture(nodes, name)


class Capture(template.Node):
    """Node of `{% capture %}`; blocks inside it can be filled by the templates that extend this one."""

    def __init__(self, nodelist: template.NodeList, name: str) -> None:
        self.nodelist, self.name = nodelist, name

    def render(self, context: template.Context) -> str:
        words = " ".join(self.nodelist.render(context).split())
        context[self.name] = mark_safe(words)  # noqa: S308 (rendered, and so escaped where it must be)
        return ""


@register.simple_tag(takes_context=True)
def query_with(context: template.Context, **changes: Any) -> str:
    """Django's `querystring` for filters.

    The address with `changes` (None removes), back on the first page of the list.
    """
    return querystring(context, None, **{"page": None, **changes})


DAY_BAR_LEFT, DAY_BAR_WIDTH = 1.0, 298.0


@register.filter
def day_bar_x(fraction: float) -> str:
    """Horizontal position of a fraction of the day (0…1) on a day bar, in its units."""
    return f"{DAY_BAR_LEFT + DAY_BAR_WIDTH * min(max(fraction, 0.0), 1.0):.1f}"


@register.filter
def day_bar_width(fraction: float) -> str:
    """Width of a fraction of the day on a day bar, in its units."""
    return f"{DAY_BAR_WIDTH * min(max(fraction, 0.0), 1.0):.1f}"

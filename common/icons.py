"""Drawings of the icons, by name. Inlined by `{% icon %}`: they take the colour of their words, in dark mode and on paper alike.

`LINE` icons stand beside words (24 × 24, one stroke); `DUO` icons head an entrance or a functional area (44 × 44, a wash and one accent).
"""

LINE = {
    "alert": '<path d="M12 4 2.8 19.5h18.4z"/><path d="M12 10v4.5M12 17v.1"/>',
    "back": '<path d="m15 5-7 7 7 7"/>',
    "calendar": '<path d="M4 6h16v14H4zM4 10.5h16M8.5 3.5V7M15.5 3.5V7"/>',
    "calendar-plus": '<path d="M4 6h16v14H4zM4 10.5h16M8.5 3.5V7M15.5 3.5V7M12 12.8v4.6M9.7 15.1h4.6"/>',
    "check": '<path d="m5 12.5 4.5 4.5L19 7.5"/>',
    "clock": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5.2l3.4 2"/>',
    "close": '<path d="m6 6 12 12M18 6 6 18"/>',
    "download": '<path d="M12 4v11M7 10.5l5 5 5-5M4 19.5h16"/>',
    "edit": '<path d="m4 20 1-4.5L16 4.5l3.5 3.5-11 11z"/><path d="m13.5 7 3.5 3.5"/>',
    "exit": '<path d="M10 4H5v16h5M14 8l4 4-4 4M18 12H9"/>',
    "filter": '<path d="M4 6h16M7 12h10M10 18h4"/>',
    "globe": '<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.5c5 5 5 12 0 17M12 3.5c-5 5-5 12 0 17"/>',
    "grid": '<path d="M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z"/>',
    "home": '<path d="m3.5 11 8.5-7 8.5 7M6 9.5V20h12V9.5M10 20v-6h4v6"/>',
    "inbox": '<path d="M4 5h16v14H4zM4 14h5l1 2.5h4l1-2.5h5"/>',
    "info": '<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5M12 8v.1"/>',
    "list": '<path d="M8 6h12M8 12h12M8 18h12M4 6v.1M4 12v.1M4 18v.1"/>',
    "lock": '<path d="M5.5 11h13v9h-13zM8.5 11V8a3.5 3.5 0 0 1 7 0v3M12 14.5v2"/>',
    "message": '<path d="M4 5h16v11H11l-5 4v-4H4z"/>',
    "minus": '<path d="M5 12h14"/>',
    "people": (
        '<circle cx="9" cy="8.5" r="3.5"/><path d="M2.5 20c.4-4 3-6 6.5-6s6.1 2 6.5 6M16 5.3a3.3 3.3 0 0 1 0 6.4M18.2 14.6c2 .8 3.1 2.7 3.3 5.4"/>'
    ),
    "person": '<circle cx="12" cy="8" r="4"/><path d="M4 20.5c.8-4.5 3.8-6.5 8-6.5s7.2 2 8 6.5"/>',
    "phone": (
        '<path d="M6.5 4h3l1.5 4-2 1.6a11 11 0 0 0 5.4 5.4L16 13l4 1.5v3a2 2 0 0 1-2.2 2A15.5 15.5 0 0 1 4.5 6.2 2 2 0 0 1 6.5 4z"/>'
    ),
    "pin": '<path d="M12 21s7-6.3 7-11.5a7 7 0 1 0-14 0C5 14.7 12 21 12 21z"/><circle cx="12" cy="9.5" r="2.5"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "print": '<path d="M7 8V4h10v4M7 16H4V8h16v8h-3M7 13.5h10V20H7z"/>',
    "return": '<path d="M5 9h10a5 5 0 0 1 0 10H9M9 5 5 9l4 4"/>',
    "right": '<path d="m9 5 7 7-7 7"/>',
    "search": '<circle cx="11" cy="11" r="6.5"/><path d="m16 16 4.5 4.5"/>',
    "share": '<path d="M12 15V4M8 8l4-4 4 4M5 12v8h14v-8"/>',
    "table": '<path d="M4 5h16v14H4zM4 10h16M10 10v9"/>',
    "text-size": '<path d="M3 19 8.5 5 14 19M5 14.5h7M15.5 19l3-7.5 3 7.5M16.5 16.5h4"/>',
    "wheelchair": '<circle cx="11" cy="4.5" r="1.5"/><path d="M11 8v5h5l2.5 5.5M8 11.5a5 5 0 1 0 7 5.5"/>',
}

DUO = {
    "door": '<path class="f" d="M10 8h18v29H10z"/><path d="M6 37h32M10 37V8h18v29M28 14h6v23"/><path class="a" d="M23 23v3.5"/>',
    "network": (
        '<path class="f" d="M15 5h14v12H15z"/><path d="M15 5h14v12H15zM5 29h11v10H5zM28 29h11v10H28z"/>'
        '<path class="a" d="M22 17v6M10.5 29v-6h23v6"/>'
    ),
    "my-bookings": (
        '<path class="f" d="M9 6h26v32H9z"/><path d="M9 6h26v32H9zM21 15h8M21 23h8M21 31h8"/>'
        '<path class="a" d="m13.5 15 1.7 1.7 3-3.4M13.5 23l1.7 1.7 3-3.4"/><path d="M13.7 31h3.6"/>'
    ),
    "inbox-duo": '<path class="f" d="M6 8h32v23H22l-8 7v-7H6z"/><path d="M6 8h32v23H22l-8 7v-7H6z"/><path class="a" d="M14 16h16M14 23h10"/>',
    "area-reception": (
        '<path class="f" d="M6 24h32v12H6z"/><path d="M6 24h32v12H6zM4 24h36"/><path class="a" d="M22 18.5a6 6 0 0 1 6 5.5H16a6 6 0 0 1 6-5.5zM22 18.5V15"/>'
    ),
    "area-education": (
        '<path class="f" d="M22 13c-4-3-9-4-15-4v23c6 0 11 1 15 4 4-3 9-4 15-4V9c-6 0-11 1-15 4z"/>'
        '<path d="M22 13c-4-3-9-4-15-4v23c6 0 11 1 15 4 4-3 9-4 15-4V9c-6 0-11 1-15 4z"/><path class="a" d="M22 13v23"/>'
    ),
    "area-oath": '<path class="f" d="M8 8h28v20H8z"/><path d="M8 8h28v20H8zM14 37h16M22 28v9"/><path class="a" d="M14 15h16M14 21h10"/>',
    "area-council": (
        '<circle class="f" cx="22" cy="23" r="9"/><circle cx="22" cy="23" r="9"/><path class="a" d="M22 9v.1M22 37v.1M8 23h.1M36 23h.1"/>'
        '<circle cx="22" cy="8" r="3"/><circle cx="22" cy="38" r="3"/><circle cx="7" cy="23" r="3"/><circle cx="37" cy="23" r="3"/>'
    ),
    "area-activity": (
        '<path class="f" d="M7 10h30v8H7z"/><path d="M7 10h30v27H7zM7 18h30M15 6v7M29 6v7"/><path class="a" d="m16 27.5 4.5 4.5 8-8.5"/>'
    ),
    "area-mass": (
        '<circle class="f" cx="22" cy="15" r="6"/><circle cx="22" cy="15" r="6"/><path d="M10 37c.5-8 5-12 12-12s11.5 4 12 12z"/>'
        '<path class="a" d="M7 21a4.5 4.5 0 1 1 3-7.8M37 21a4.5 4.5 0 1 0-3-7.8"/>'
    ),
    "area-deputy": (
        '<path class="f" d="M7 12h30v22H7z"/><path d="M7 12h30v22H7zM17 12V8h10v4"/><circle class="a" cx="16" cy="21" r="3.5"/>'
        '<path class="a" d="M11 30c.5-3 2.5-4.5 5-4.5s4.5 1.5 5 4.5"/><path d="M26 20h7M26 26h7"/>'
    ),
    "area-secretary": (
        '<path class="f" d="M8 22h28v15H8z"/><path d="M5 22h34M8 22v15M36 22v15M24 28h12"/><path class="a" d="M15 22v-6l7-7 4 4-7 7z"/>'
    ),
    "area-custom": '<path class="f" d="M8 8h28v28H8z"/><path d="M8 8h28v28H8zM8 17h28"/><path class="a" d="M22 22v9M17.5 26.5h9"/>',
}


def drawing(name: str) -> str:
    """The SVG of an icon, hidden from screen readers: the words beside it, or the control's own label, say what it means.

    Raises KeyError for a name that isn't drawn, so that a typing error shows in the first test of the page.
    """
    if name in LINE:
        return f'<svg class="i" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{LINE[name]}</svg>'
    return f'<svg class="duo" viewBox="0 0 44 44" aria-hidden="true" focusable="false">{DUO[name]}</svg>'

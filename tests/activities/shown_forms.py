"""Forms as a browser sends them untouched."""

from typing import Any


def initial_of(response: Any) -> dict[str, str]:
    """The values that a form on the page would send as it is."""
    form = response.context["form"]
    return {name: form[name].value() for name in form.fields}


def sendable(response: Any) -> dict[str, Any]:
    """The form of a page as a browser sends it untouched."""
    form = response.context["form"]
    sent = {}
    for name in form.fields:
        value = form[name].value()
        if isinstance(value, bool):
            sent.update({name: "on"} if value else {})
        elif value not in (None, ""):
            widget = form.fields[name].widget
            sent[name] = value if isinstance(value, list) else widget.format_value(value)
    return {name: value[0] if isinstance(value, list) and len(value) == 1 else value for name, value in sent.items()}

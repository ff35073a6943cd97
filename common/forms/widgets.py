"""Form controls of our own: a number with − and +, days side by side, a list of names."""

from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from common.i18n.bilingual import holds_chinese


class Stepper(forms.NumberInput):
    """A number that people change by a handful; `by` is the step of its buttons.

    Without a script it is a plain number field.
    """

    template_name = "django/forms/widgets/stepper.html"

    def __init__(self, attrs: dict[str, Any] | None = None, by: int = 5) -> None:
        super().__init__({"inputmode": "numeric", **(attrs or {})})
        self.by = by

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["by"] = self.by
        return context


class LongSelect(forms.Select):
    """A select with many options, written as one string.

    Django renders a template an option, which costs more than a page's queries.
    """

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        widget = forms.Widget.get_context(self, name, value, attrs)["widget"]
        own = {"class": "input", **widget["attrs"]}
        groups = (self._group(label, options, widget["value"]) for label, options in self._groups())
        options = mark_safe("".join(groups))  # noqa: S308 - each part is escaped
        return format_html('<select name="{}"{}>{}</select>', name, flatatt(own), options)

    def option_attrs(self, value: Any, label: str) -> str:
        """More attributes of an option, with a blank before them."""
        return ""

    def _groups(self) -> Any:
        """Pairs of a heading (empty for none) and its options."""
        for value, label in self.choices:
            yield (value, label) if isinstance(label, list | tuple) else ("", [(value, label)])

    def _group(self, heading: str, options: Any, chosen: list[str]) -> str:
        written = "".join(
            f'<option value="{conditional_escape(value)}"{" selected" if str(value) in chosen else ""}'
            f"{self.option_attrs(value, str(label))}>{conditional_escape(label)}</option>"
            for value, label in options
        )
        return f'<optgroup label="{conditional_escape(heading)}">{written}</optgroup>' if heading else written


class NamesSelect(LongSelect):
    """A list of names.

    Those in Chinese are marked as such, for English pages; the empty choice is in the page's own language.
    """

    def option_attrs(self, value: Any, label: str) -> str:
        return ' lang="zh"' if value and holds_chinese(label) else ""


class DayPicker(forms.RadioSelect):
    """Days to choose from.

    The field's choices are pairs of an ISO date and the date itself: `(day.isoformat(), day)`.
    """

    template_name = "django/forms/widgets/day_picker.html"

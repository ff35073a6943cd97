"""Form widgets: a number with − and +, a long select, a list of names."""

from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from common.i18n.bilingual import holds_chinese


class Stepper(forms.NumberInput):
    """Number input with buttons − and +; `by` is their step.

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
    """Select with many options, rendered as one string.

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
    """Select of names.

    Those in Chinese are marked as such, for English pages; the empty choice is in the page's own language.
    """

    def option_attrs(self, value: Any, label: str) -> str:
        return ' lang="zh"' if value and holds_chinese(label) else ""

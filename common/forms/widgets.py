"""Form controls of our own: a number with − and +, days side by side, a list of names."""

from typing import Any

from django import forms

from common.i18n.bilingual import holds_chinese


class Stepper(forms.NumberInput):
    """A number that people change by a handful; `by` is the step of its buttons. Without a script it is a plain number field."""

    template_name = "django/forms/widgets/stepper.html"

    def __init__(self, attrs: dict[str, Any] | None = None, by: int = 5) -> None:
        super().__init__({"inputmode": "numeric", **(attrs or {})})
        self.by = by

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["by"] = self.by
        return context


class NamesSelect(forms.Select):
    """A list of names: those in Chinese are marked as such, for English pages; the empty choice is in the page's own language."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if value and holds_chinese(str(option["label"])):
            option["attrs"]["lang"] = "zh"
        return option


class DayPicker(forms.RadioSelect):
    """Days to choose from. The field's choices are pairs of an ISO date and the date itself: `(day.isoformat(), day)`."""

    template_name = "django/forms/widgets/day_picker.html"

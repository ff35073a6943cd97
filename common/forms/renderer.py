"""Form renderer: the project's templates, and bound fields that name themselves when they are left empty."""

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting

from common.i18n.default_words import REQUIRED, required_words


class NamedBoundField(forms.BoundField):
    """Bound field that says which field is missing (请填写联系人), in all forms alike.

    A form's fields are bound once their labels are final, and hold messages of their own form alone. A field with words
    of its own keeps them.
    """

    def __init__(self, form: forms.BaseForm, field: forms.Field, name: str) -> None:
        super().__init__(form, field, name)
        if field.error_messages.get("required") is REQUIRED:
            field.error_messages["required"] = required_words(self.label, _kind(field.widget))


class Renderer(TemplatesSetting):
    """Renderer of all forms (`FORM_RENDERER`)."""

    bound_field_class = NamedBoundField


def _kind(widget: Any) -> str:
    if isinstance(widget, forms.CheckboxInput):
        return "tick"
    return "choose" if isinstance(widget, forms.Select | forms.RadioSelect) else "fill"

"""Forms to grant and end roles, create staff accounts, and give new passwords."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.values.usernames import normalise_username
from centers.choices import Role
from centers.forms.special_days import day_field
from common.forms.fields import TextField
from common.forms.passwords import PASSWORD_RULES, password_field


def _text(label: Any, **more: Any) -> TextField:
    return TextField(label=label, widget=forms.TextInput(attrs={"autocomplete": "off"}), **more)


class _RoleForm(forms.Form):
    """Base form of a role and its first day; offers only the roles that the actor may grant."""

    role = forms.ChoiceField(label=_("Role"), widget=forms.Select)

    def __init__(self, *args: Any, roles: Sequence[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, role.label) for role in roles]  # type: ignore[attr-defined]

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])


class GrantForm(_RoleForm):
    user = _text(_("User name"), max_length=150)
    first = day_field()
    last = day_field()
    field_order = ("user", "role", "first", "last")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first"].label, self.fields["last"].label = _("From"), _("Until (last day)")
        self.fields["last"].required = False

    def clean_user(self) -> User:
        """Staff sign in by user name; residents have none they know, and aren't found here."""
        name = normalise_username(self.cleaned_data["user"])
        user = User.objects.staff().filter(username__iexact=name, is_active=True, phone__isnull=True).first()
        if user is None:
            raise forms.ValidationError(_("There is no staff account with this user name."))
        return user


class StaffForm(_RoleForm):
    username = _text(_("User name"), max_length=40)
    name = _text(_("Name"), max_length=40, help_text=_("What colleagues see: a name or the post."))
    password = password_field(
        _("First password"),
        "new-password",
        help_text=_("At least 8 characters. Hand it over in person; at the first sign-in it has to be replaced."),
    )
    first = day_field()
    field_order = ("username", "name", "password", "role", "first")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first"].label = _("From")


class NewPasswordForm(forms.Form):
    """Form for a new password of a person who forgot theirs."""

    password = password_field(_("New password"), "new-password", help_text=PASSWORD_RULES)


class EndForm(forms.Form):
    """Form for the last day of a role; its other button ends the role at once, whatever day is in the field."""

    last = day_field()
    at_once = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last"].label = _("Last day")

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("at_once"):
            self.errors.pop("last", None)
        return self.cleaned_data

"""The one search box: words, and which of the things found to show all of."""

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms.fields import HalfWidthField

LONGEST = 40


class FindForm(forms.Form):
    """Words of a search over all that the portal has."""

    q = HalfWidthField(label=_("What you look for"), max_length=LONGEST, required=False)

"""Search form as a template tag: a page of a higher app shows it without importing a form of this one."""

import contextlib

from django import template
from django.core.exceptions import ValidationError
from django.http import QueryDict

from bookings.forms.search import SearchForm
from centers.selectors.near_choices import NearChoices

register = template.Library()


@register.simple_tag
def search_form(choices: NearChoices, headcount: str = "") -> SearchForm:
    """`{% search_form near_choices headcount as form %}`: what most people look for next, near the center chosen.

    `headcount` may be anything that an address says; what is no number of people counts as nothing.
    """
    query = QueryDict(mutable=True)
    if choices.chosen:
        query["near"] = choices.chosen.code
    with contextlib.suppress(ValidationError):
        query["headcount"] = str(SearchForm.base_fields["headcount"].clean(headcount))
    return SearchForm(query, choices)

"""Search form as a template tag: a page of a higher app shows it without importing a form of this one."""

from django import template
from django.http import QueryDict

from bookings.forms.search import SearchForm
from centers.selectors.near_choices import NearChoices

register = template.Library()


@register.simple_tag
def search_form(choices: NearChoices) -> SearchForm:
    """`{% search_form near_choices as form %}`: what most people look for next, near the center chosen."""
    query = QueryDict(mutable=True)
    if choices.chosen:
        query["near"] = choices.chosen.code
    return SearchForm(query, choices)

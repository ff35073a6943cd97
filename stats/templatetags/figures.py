"""Filters of figures in templates."""

from django import template

from stats.domain import words

register = template.Library()
register.filter("number", words.number_words)
register.filter("figure", words.figure_words)

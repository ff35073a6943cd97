"""Figures with their units, for templates."""

from django import template

from stats.values.figure_words import figure_words

register = template.Library()
register.filter("figure", figure_words)

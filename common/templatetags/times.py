"""Times in words as template filters and tags: `common.words.times`."""

from django import template

from common.words import times

register = template.Library()

register.filter("weekday", times.weekday)
register.filter("day_name", times.day_name)
register.filter("day_head", times.day_head)
register.filter("short_date", times.short_date)
register.filter("date_words", times.date_words)
register.filter("day_words", times.day_words)
register.filter("clock", times.clock_words)
register.filter("end_clock", times.end_clock)
register.filter("duration", times.duration)
register.filter("moment_words", times.moment_words)
register.filter("deadline_words", times.deadline_words)
register.filter("left_words", times.left_words)
register.simple_tag(times.clock_span, name="clock_span")
register.simple_tag(times.span_words, name="span_words")
register.simple_tag(times.start_words, name="start_words")
register.simple_tag(times.days_span, name="days_span")

"""Names of a service's fields, by who may set them, and bounds that forms and models share."""

# A center may say these in its own way; the others are those of the service it adapts.
ADAPTABLE = ("title", "title_en", "summary", "place", "minutes", "bring", "process")
WORDS = ("function", *ADAPTABLE, "audience", "groups", "channels")

LONGEST_TITLE, LONGEST_ENGLISH_TITLE, LONGEST_LINE, LONGEST_TEXT = 40, 80, 100, 200
LONGEST_MINUTES = 24 * 60

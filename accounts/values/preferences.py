"""Preferences of a person without an account, kept in cookies."""

# Larger type: "1" while it is on.
ELDER_COOKIE = "elder"

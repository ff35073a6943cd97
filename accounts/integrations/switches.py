"""Switches of the frame that may be pressed with a half-filled form: language and type size."""

from common.http import drafts


def register_all() -> None:
    """Let pages keep what was typed while these are switched."""
    drafts.register_switch("language", "set_language")
    drafts.register_switch("elder", "accounts:elder_mode")

"""Booking numbers: short enough to read out over the phone, too many to guess."""

import secrets
from collections.abc import Callable

DIGITS = "23456789"
# Without the letters and digits that are mistaken for each other, and without vowels: a number never spells a word.
ALPHABET = DIGITS + "BCDFGHJKMNPQRSTVWXZ"
LENGTH = 10


def new_reference(choice: Callable[[str], str] = secrets.choice) -> str:
    """Ten characters, the first a digit: 8 × 27^9, about 6 × 10^13 numbers.

    `choice` picks one of a string's characters.
    """
    return choice(DIGITS) + "".join(choice(ALPHABET) for _ in range(LENGTH - 1))

"""Booking numbers: short enough to read out over the phone, too many to guess."""

import secrets
from collections.abc import Callable

DIGITS = "23456789"
# Without the letters and digits that are mistaken for each other, and without vowels: a number never spells a word.
ALPHABET = DIGITS + "BCDFGHJKMNPQRSTVWXZ"
LENGTH = 10
POSSIBLE = len(DIGITS) * len(ALPHABET) ** (LENGTH - 1)


def new_reference(below: Callable[[int], int] = secrets.randbelow) -> str:
    """Ten characters, the first a digit: 8 × 27^9, about 6 × 10^13 numbers.

    `below` draws a number from 0 on and below the one given.
    """
    number, written = below(POSSIBLE), ""
    for _ in range(LENGTH - 1):
        number, place = divmod(number, len(ALPHABET))
        written += ALPHABET[place]
    return DIGITS[number] + written

"""Booking numbers: short enough to read out over the phone, too many to guess."""

import secrets

# Without the letters and digits that are mistaken for each other.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 10


def new_reference() -> str:
    """Ten characters: 31^10, about 8 × 10^14 numbers."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))

"""Booking numbers are read out over the phone: no word, no character that is taken for another."""

import random

from bookings.values.references import LENGTH, new_reference

MISTAKEN = set("01IOLU")
VOWELS = set("AEIOUY")


def test_a_number_begins_with_a_digit_and_spells_no_word() -> None:
    for reference in (new_reference() for _ in range(200)):
        assert len(reference) == LENGTH
        assert reference[0].isdigit()
        assert not (MISTAKEN | VOWELS).intersection(reference)


def test_chance_decides_and_may_be_given() -> None:
    assert len({new_reference() for _ in range(200)}) == 200
    assert new_reference(random.Random(7).randrange) == new_reference(random.Random(7).randrange)

"""Refusals of people by the rules of signing up, put onto the fields of a form before it reaches the service."""

from collections.abc import Sequence

from django import forms

from activities.exceptions import BirthDateMissing, SignUpError


def add_entry_refusals(form: forms.Form, found: Sequence[tuple[str, SignUpError]]) -> None:
    """Add each refusal to its field, so that all are told at once.

    The first gives the answer its status, as the service's own would, unless the form is wrong in itself. A field that
    is wrong already says so alone.
    """
    wrong = set(form.errors)
    for field, refusal in found:
        if field not in wrong:
            form.add_error(field, str(refusal))
    is_whole = not wrong and not any(isinstance(refusal, BirthDateMissing) for _field, refusal in found)
    if found and is_whole:
        form.refusal = found[0][1]  # type: ignore[attr-defined]

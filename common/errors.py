"""Errors of services: one class a rule, with code and words, caught by pages and by the API alike."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _


class DomainError(Exception):
    """Base class of refusals: a rule of the product says no.

    Subclasses state the fact (`SlotTaken`) and set what doesn't change from case to case.

    `code` is stable and goes to API clients; `message` is lazily translated, with `%(name)s` places filled from
    `params`; `field` names the form field it belongs to (None: the whole form); `status` is the API's answer (409, or
    403, 422 …). `str(error)` gives the words in the language active at that moment.
    """

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 409
    # Set anew on an error by who answers a request whose fields have other names.
    field: str | None = None
    message: Any = _("This can't be done.")

    def __init__(self, message: Any = None, *, extra: dict[str, Any] | None = None, **params: Any) -> None:
        """Make the error; `message` replaces the class's own, `params` fill its placeholders.

        `extra` goes into the API's answer beside the usual members.
        """
        super().__init__(message)
        if message is not None:
            self.message = message
        self.params = params
        self.extra = extra or {}

    def __str__(self) -> str:
        words = str(self.message)
        return words % self.params if self.params else words


class StaleForm(DomainError):
    """Refusal of a stale edit: the second of two editors sees what the first did before overwriting it."""

    code = "stale_form"
    message = _(
        "Somebody else changed this while you were editing. Now it says: %(changes)s. "
        "What you typed is kept; check it and save again."
    )

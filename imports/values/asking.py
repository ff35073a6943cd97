"""Questions that reading a row comes to, and refusals: raised where they arise, kept with the row as code and facts."""

from collections.abc import Mapping, Sequence
from typing import Any

LEAVE = "leave"
Answers = Mapping[str, str]


class Unsettled(Exception):
    """Base of what keeps a row from being read to its end. `params`: facts for its words, in the sheet's own."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code, self.params = code, params


class Asked(Unsettled):
    """A question to people; `params["options"]` are the answers, beside leaving the row out."""


class Refused(Unsettled):
    """A fault that the sheet has to be corrected for."""


class LeftOut(Unsettled):
    """A row that isn't an activity, or that somebody has left out."""


def ask(answers: Answers, code: str, options: Sequence[str], **params: Any) -> str:
    """The answer to a question, if it was given and is one of `options`; else raises Asked, or LeftOut."""
    answer = answers.get(code, "")
    if answer == LEAVE:
        raise LeftOut("left_by_answer", **params)
    if answer in options:
        return answer
    raise Asked(code, options=list(options), **params)

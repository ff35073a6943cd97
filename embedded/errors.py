"""Errors of the engines, each in one sentence a person can act on."""


class EnginesError(RuntimeError):
    """Error that the engines can't be started; the text says why and what to do."""

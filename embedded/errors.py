"""What can go wrong, each in one sentence a person can act on."""


class EnginesError(RuntimeError):
    """The embedded services can't be had; the text says why and what to do."""

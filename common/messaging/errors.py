"""Errors of message channels."""


class ChannelError(Exception):
    """Error of a channel that is out of order for the moment (no connection, time-out, refused for now).

    Worth trying again later.
    """

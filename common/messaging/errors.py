"""What a channel says when it can't take a message."""


class ChannelError(Exception):
    """The channel is out of order for the moment (no connection, time-out, refused for now).

    Worth trying again later.
    """

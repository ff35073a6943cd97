"""Port of the portal: reading it and checking that it is free.

Granian sets SO_REUSEPORT and would silently share a port with another program, so ask before it starts.
"""

import errno
import socket

from embedded.errors import EnginesError


def read_port(text: str) -> int:
    """The number in PORT, or one sentence why it is none."""
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        raise EnginesError(f"PORT must be a number between 1 and 65535, not {text!r}.")
    return int(text)


def must_be_free(host: str, port: int) -> None:
    """EnginesError when somebody listens there already, or we may not."""
    with socket.socket(socket.AF_INET) as probe:
        probe.settimeout(1)
        if probe.connect_ex((host, port)) == 0:
            raise EnginesError(_taken(host, port))
    with socket.socket(socket.AF_INET) as probe:
        # without SO_REUSEPORT, so a listener that has it refuses us; with SO_REUSEADDR, so our own last run's closed
        # connections don't
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise EnginesError(_taken(host, port)) from error
            raise EnginesError(
                f"Port {port} on {host} can't be used: {error.strerror}. Choose another: make run PORT=8001"
            ) from error


def _taken(host: str, port: int) -> str:
    other = port + 1 if port < 65535 else 8000
    taken = f"Port {port} on {host} is taken by another program"
    return f"{taken}: stop that one, or choose another port: make run PORT={other}"

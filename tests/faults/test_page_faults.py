"""Memory that a served page maps anew for its Python frames.

Counted by the kernel as page faults of the web processes.
"""

import subprocess

import pytest

from tests.support.http import PortalClient
from tests.support.server import PortalServer

WARM, COUNTED = 12, 10
# A page faults in what its frames and strings need, once. Mapping each chunk of frames anew at every turn costs several
# times as much.
MOST_A_REQUEST = 120


def faults(server: PortalServer) -> int:
    """Minor page faults of the web processes so far."""
    assert server.web.process is not None
    listed = subprocess.run(["ps", "-A", "-o", "ppid=,minflt="], capture_output=True, text=True, check=True).stdout
    rows = [line.split() for line in listed.splitlines()]
    return sum(int(count) for parent, count in rows if int(parent) == server.web.process.pid)


@pytest.mark.parametrize("path", ["/", "/centers/", "/search/"])
def test_a_page_does_not_map_memory_for_its_frames_over_and_over(portal_server: PortalServer, path: str) -> None:
    portal_server.forget_limits()
    client = PortalClient(portal_server.url)
    for _ in range(WARM):
        assert client.get(path).status == 200
    before = faults(portal_server)
    for _ in range(COUNTED):
        assert client.get(path).status == 200
    assert (faults(portal_server) - before) / COUNTED < MOST_A_REQUEST

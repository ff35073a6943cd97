"""Who PostgreSQL runs as: it refuses root, and we neither add users nor open anybody's directories."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from typing import Any

# Inside its own user namespace root is uid 1000: enough for PostgreSQL, and the files still belong to root outside.
NAMESPACE = ("--user", "--map-user=1000", "--map-group=1000")


@dataclass(frozen=True)
class Identity:
    """How to start a program that refuses root: a command before it, or another user."""

    prefix: tuple[str, ...] = ()
    uid: int | None = None
    gid: int | None = None

    @property
    def is_other_user(self) -> bool:
        return self.uid is not None

    def popen_options(self) -> dict[str, Any]:
        """Keywords for subprocess.Popen and run."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.is_other_user else {}


def choose() -> Identity:
    """Ourselves; as root a user namespace; where those are forbidden (many containers), `nobody`."""
    if os.geteuid() != 0:
        return Identity()
    unshare = shutil.which("unshare")
    if unshare and subprocess.run([unshare, *NAMESPACE, "true"], capture_output=True, check=False).returncode == 0:
        return Identity(prefix=(unshare, *NAMESPACE))
    return nobody()


def nobody() -> Identity:
    """The system's user without rights."""
    entry = pwd.getpwnam("nobody")
    return Identity(uid=entry.pw_uid, gid=entry.pw_gid)

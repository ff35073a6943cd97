"""User that PostgreSQL runs as: it refuses root, and we neither add users nor open anybody's directories."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Identity:
    """Means to start a program that refuses root: a command before it, or another user."""

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
    """Choose the identity: ourselves; as root a user namespace; where those are forbidden (many containers), `nobody`.

    In a namespace we bear nobody's number, since initdb wants one with a name, while the files still belong to us
    outside. A user without a name, as containers are told to run as, is helped in the same way.
    """
    if os.geteuid() != 0 and has_name():
        return Identity()
    other = nobody()
    namespace = (shutil.which("unshare") or "unshare", "--user", f"--map-user={other.uid}", f"--map-group={other.gid}")
    if works(namespace):
        return Identity(prefix=namespace)
    return other if os.geteuid() == 0 else Identity()


def works(prefix: tuple[str, ...]) -> bool:
    """Whether a command can be started that way here."""
    try:
        return subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def has_name() -> bool:
    """Whether the system knows this user by name."""
    try:
        pwd.getpwuid(os.geteuid())
    except KeyError:
        return False
    return True


def nobody() -> Identity:
    """The system's user without rights."""
    entry = pwd.getpwnam("nobody")
    return Identity(uid=entry.pw_uid, gid=entry.pw_gid)

"""Directories of one PostgreSQL (programs, data, socket), within reach of the user it runs as."""

import hashlib
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from embedded import binaries
from embedded.identity import Identity, choose, nobody
from embedded.places import Places, private_directory

# Not /tmp: what lies here includes data, and must outlive a restart of the machine. What a stranger laid here first is
# refused.
WITHIN_REACH = Path("/var/tmp")  # noqa: S108


@dataclass(frozen=True)
class Home:
    """Directories of the programs, of the cluster and of the sockets, and who lives there."""

    bin: Path
    data: Path
    sockets: Path
    identity: Identity


def find(places: Places) -> Home:
    """Find the home in use, or choose a new one.

    Data once made by nobody stay nobody's, also when a namespace could be had by now.
    """
    if os.geteuid() == 0:
        other = nobody()
        if any(
            data.exists() and data.stat().st_uid == other.uid
            for data in (places.postgres, _store_path(places) / "postgres")
        ):
            return home_of_nobody(places, other)
    identity = choose()
    if identity.is_other_user:
        return home_of_nobody(places, identity)
    return Home(binaries.postgres_bin(), places.postgres, places.socket_directory(), identity)


def home_of_nobody(places: Places, identity: Identity) -> Home:
    """Home for the user `nobody`, who may not enter directories such as /root.

    Then copies of the programs, and the data, lie in a directory of their own in /var/tmp.
    """
    store = private_directory(_store_path(places))
    store.chmod(0o711)
    programs = _copy_within_reach(binaries.postgres_bin(), store)
    data = places.postgres if may_enter(places.var) else store / "postgres"
    sockets = store / "sockets"
    sockets.mkdir(mode=0o700, exist_ok=True)
    os.chown(sockets, identity.uid or 0, identity.gid or 0)
    return Home(programs, data, sockets, identity)


def may_enter(path: Path) -> bool:
    """Whether any user may pass through `path` and all above it."""
    return all(parent.stat().st_mode & 0o001 for parent in (path, *path.parents))


def _store_path(places: Places) -> Path:
    return WITHIN_REACH / f"pingh-{hashlib.sha256(os.fsencode(places.var)).hexdigest()[:12]}"


def _copy_within_reach(programs: Path, store: Path) -> Path:
    """Copy the programs to where anybody may run them.

    A wheel keeps its libraries in a directory beside the package: both move together.
    """
    if may_enter(programs):
        return programs
    package = next(
        parent for parent in programs.parents if parent.parent.name in ("site-packages", "dist-packages", "/")
    )
    for source in (package, package.with_name(f"{package.name}.libs")):
        target = store / source.name
        if source.exists() and not target.exists():
            part = target.with_name(f"{target.name}.part")
            shutil.copytree(source, part, dirs_exist_ok=True)
            part.rename(target)
    return store / programs.relative_to(package.parent)

"""Who PostgreSQL runs as, and that it finds its programs, data and socket."""

import os
import pwd
from pathlib import Path

import psycopg2
import pytest

from embedded import homes, identity
from embedded.errors import EnginesError
from embedded.identity import Identity, choose, nobody
from embedded.places import Places, private_directory
from embedded.postgres import Postgres

pytestmark = pytest.mark.slow


def test_only_root_needs_to_be_somebody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: nobody().uid)
    assert choose() == Identity()


def test_a_user_without_a_name_is_lent_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """`docker run --user 1234`: initdb would refuse a number that the system doesn't know."""
    monkeypatch.setattr(os, "geteuid", lambda: 1_234_567)
    monkeypatch.setattr(identity, "works", lambda prefix: True)
    assert choose().prefix[1:] == ("--user", f"--map-user={nobody().uid}", f"--map-group={nobody().gid}")


def test_root_without_namespaces_becomes_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(identity, "works", lambda prefix: False)
    assert choose() == nobody()
    assert nobody().uid == pwd.getpwnam("nobody").pw_uid


def test_a_private_directory_that_somebody_else_laid_there_is_refused(place: Path) -> None:
    (place / "theirs").mkdir()
    (place / "link").symlink_to(place / "theirs")
    with pytest.raises(EnginesError, match="isn't a directory of this user"):
        private_directory(place / "link")
    assert private_directory(place / "theirs").stat().st_mode & 0o777 == 0o700


if os.geteuid() == 0:  # the others can't become nobody, and needn't

    def test_nobody_is_given_copies_where_it_may_go(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Programs and data lie below directories that are closed to it, as those below /root are."""
        place.chmod(0o700)
        monkeypatch.setattr(homes, "WITHIN_REACH", place / "reach")
        monkeypatch.setattr(homes, "may_enter", lambda path: False)
        (place / "reach").mkdir(mode=0o711)
        place.chmod(0o711)
        places = Places(place / "var")
        places.make()
        home = homes.home_of_nobody(places, nobody())
        server = Postgres(places, home)
        try:
            server.start()
            session = psycopg2.connect(host=str(home.sockets), user="portal_app", dbname="portal")
            session.close()
            assert Path(f"/proc/{server.pid}").stat().st_uid == nobody().uid
        finally:
            server.stop()
        assert home.bin.is_relative_to(place / "reach")
        assert home.data.stat().st_uid == nobody().uid
        assert homes.find(places).identity == nobody(), "data of nobody stay nobody's"

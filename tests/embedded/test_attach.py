"""What a client gets, and how long the engines stay."""

import os
from pathlib import Path
from urllib.parse import unquote

import dj_database_url
import psycopg2
import pytest
import redis

import embedded
from embedded import clients, locks
from embedded.keeper import Keeper
from embedded.places import Places
from tests.embedded.clients import Engines, all_gone, eventually

pytestmark = pytest.mark.slow


def test_the_application_may_use_what_the_owner_makes_and_make_nothing(engines: Engines) -> None:
    engines.attached()
    engines.query("CREATE TABLE thing (id bigserial PRIMARY KEY, name text)")
    assert engines.query("INSERT INTO thing (name) VALUES ('平湖') RETURNING id", user="portal_app") == [(1,)]
    assert engines.query("SELECT tableowner FROM pg_tables WHERE tablename = 'thing'") == [("portal_owner",)]
    for refused in ("CREATE TABLE other (id int)", "DROP TABLE thing", "TRUNCATE thing"):
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            engines.query(refused, user="portal_app")
    engines.query("SET ROLE portal_app")


def test_databases_made_later_have_extensions_privileges_and_chinese_trigrams(engines: Engines) -> None:
    engines.attached()
    engines.query("CREATE DATABASE another")
    with (
        psycopg2.connect(host=str(engines.sockets), user="portal_owner", dbname="another") as session,
        session.cursor() as cursor,
    ):
        cursor.execute(
            "SELECT similarity('平湖市党群服务中心', '平湖党群服务中心'), '[1,2)'::int4range && '[2,3)'::int4range"
        )
        similarity, overlaps = cursor.fetchone()
        cursor.execute(
            "CREATE TABLE thing (id int, EXCLUDE USING gist (id WITH =)); SET ROLE portal_app; "
            "INSERT INTO thing VALUES (1)"
        )
    session.close()
    assert similarity > 0.5
    assert not overlaps


def test_the_addresses_work_in_a_long_path_with_blanks_and_chinese(place: Path) -> None:
    pair = Engines(place / "a b 党群" / ("long" * 30) / "var")
    try:
        answer = pair.client().answer
        database = dj_database_url.parse(answer["DATABASE_URL"])
        assert (database["USER"], database["NAME"]) == ("portal_app", "portal")
        psycopg2.connect(host=database["HOST"], user=database["USER"], dbname=database["NAME"]).close()
        assert redis.from_url(answer["REDIS_URL"]).ping()
        assert pair.sockets.stat().st_mode & 0o077 == 0
    finally:
        pair.close()
    assert not pair.sockets_left(), "the private directory goes with the engines"


def test_sockets_stay_in_the_project_when_its_path_has_blanks_and_chinese_but_fits(place: Path) -> None:
    pair = Engines(place / "a b 党群" / "var")
    try:
        answer = pair.client().answer
        assert unquote(answer["REDIS_URL"]).startswith(f"unix://{place}")
        assert redis.from_url(answer["REDIS_URL"]).ping()
    finally:
        pair.close()


def test_nobody_else_on_the_machine_gets_at_a_server_that_trusts_whoever_comes(engines: Engines) -> None:
    engines.attached()
    for name in (".s.PGSQL.5432", "valkey.sock"):
        assert (engines.sockets / name).stat().st_mode & 0o777 == 0o700
    assert engines.sockets.stat().st_mode & 0o077 == 0


def test_clients_that_come_at_once_share_one_keeper(engines: Engines) -> None:
    crowd = [engines.client() for _ in range(6)]
    assert len({client.answer["DATABASE_URL"] for client in crowd}) == 1
    pids = engines.pids
    engines.attached()
    assert engines.pids == pids


def test_engines_go_some_seconds_after_the_last_client(engines: Engines) -> None:
    first, second = engines.client(), engines.client()
    assert first.answer == second.answer
    pids = engines.pids
    first.end()
    assert engines.redis().ping()
    second.end()
    assert not all_gone(pids), "there is a grace time: commands come one after another"
    assert eventually(lambda: all_gone(pids))
    assert not engines.places.ready.exists()


def test_leaving_stops_the_engines_at_once_unless_others_use_them(engines: Engines) -> None:
    first, second = engines.client(), engines.client()
    assert first.answer == second.answer
    pids = engines.pids
    assert first.leave() is False
    assert engines.redis().ping()
    assert second.leave() is True
    assert all_gone(pids)


def test_a_request_to_stop_that_comes_while_the_keeper_looks_is_not_answered_for_the_one_before(
    monkeypatch: pytest.MonkeyPatch, place: Path
) -> None:
    places = Places(place / "var", durable=False)
    places.make()
    first, second = places.stop_requests / "1", places.stop_requests / "2"
    first.touch()

    def held_by_the_second_until_it_leaves(*_: object, **__: object) -> None:
        """The second client holds the lock when the keeper tries it, and asks to stop right after."""
        second.touch()

    monkeypatch.setattr(locks, "take", held_by_the_second_until_it_leaves)
    assert Keeper(places).lock_when_unused() is None
    assert not first.exists(), "others use the engines: answered"
    assert second.exists(), "its client has let go since, which only the next look finds out"


def test_a_client_that_comes_while_they_stop_gets_new_ones_with_the_old_data(engines: Engines) -> None:
    client = engines.attached()
    engines.query("CREATE TABLE kept AS SELECT 42 AS answer")
    for _ in range(3):
        client.process.stdin.write("leave\n")
        client.process.stdin.flush()
        client = engines.client()
        assert "error" not in client.answer
        assert engines.query("SELECT answer FROM kept") == [(42,)]


def test_outside_servers_are_left_alone(monkeypatch: pytest.MonkeyPatch, place: Path) -> None:
    monkeypatch.setenv("PORTAL_VAR", str(place / "var"))
    monkeypatch.delenv("PORTAL_ENGINES", raising=False)
    monkeypatch.setenv("DATABASE_URL", "postgres://db.example/portal")
    monkeypatch.setenv("REDIS_URL", "redis://cache.example:6379")
    assert embedded.attach() is None
    assert os.environ["DATABASE_URL"] == "postgres://db.example/portal"
    assert not (place / "var").exists()


def test_a_full_disk_is_one_sentence(monkeypatch: pytest.MonkeyPatch, place: Path) -> None:
    places = Places(place / "var")
    places.make()
    monkeypatch.setattr(clients, "LEAST_FREE_BYTES", 2**60)
    with pytest.raises(embedded.EnginesError, match=r"^Only \d+ MB are free in .*; the database needs \d+ MB\.$"):
        clients._start(places)


def test_missing_programs_are_one_sentence(engines: Engines) -> None:
    assert (
        engines.client(PORTAL_POSTGRES_BIN="/nowhere")
        .answer["error"]
        .startswith("No PostgreSQL found: install the requirements")
    )


def test_data_of_another_version_are_left_alone(engines: Engines) -> None:
    engines.places.make()
    engines.places.postgres.mkdir()
    (engines.places.postgres / "PG_VERSION").write_text("9\n")
    assert "was made by PostgreSQL 9" in engines.client().answer["error"]

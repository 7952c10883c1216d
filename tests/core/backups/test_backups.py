"""A backup made while the site writes is whole, and brought back elsewhere it answers as before."""

from __future__ import annotations

import json
import tarfile
import threading
from pathlib import Path

import pytest
from sqlalchemy import text

from salur.core.errors import Refused
from salur.core.limits.asker import Asker
from salur.core.storage.database import Database
from salur.core.storage.keys import KeyFile
from tests.fixtures.proposals import a_draft


def rows_at(url: str, *tables: str) -> list[int]:
    """How many rows some tables have."""
    database = Database(url)
    try:
        with database.reading() as connection:
            return [connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() for table in tables]
    finally:
        database.dispose()


def manifest_of(file: Path) -> dict:
    """What a backup says of itself, read as anybody reads a tar."""
    with tarfile.open(file) as tar:
        told = tar.extractfile("manifest.json")
        assert told
        return json.loads(told.read())


def test_brought_back_elsewhere_it_answers_as_before(city, elsewhere, backups_of, clock):
    made = city.makes()
    assert made.file.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in city.folder.iterdir()] == [made.file.name]  # nothing is left beside
    tried = city.backups.verify(made.file)
    assert (tried.rows, tried.tables) == (made.rows, made.tables)
    assert tried.opened == 5  # names, numbers, address, and what was said with a ticket and by whom
    assert made.keys == (1,)

    there = backups_of(elsewhere)
    assert there.is_empty()
    there.restore(made.file)

    told = manifest_of(made.file)["rows"]
    assert rows_at(elsewhere, *told) == list(told.values())
    city.works_at(elsewhere, clock)


def test_while_people_go_on_writing_it_holds_one_state_of_everything(city, services, elsewhere, backups_of, clock):
    stop = threading.Event()
    sent: list[object] = []

    def residents() -> None:
        while not stop.is_set():
            sent.append(services.proposals.send(a_draft(), asker=Asker.chat(1_000 + len(sent))))

    writing = threading.Thread(target=residents)
    writing.start()
    try:
        while not sent:
            stop.wait(0.01)
        made = city.makes()
    finally:
        stop.set()
        writing.join()
    backups_of(elsewhere).restore(made.file)
    proposals, tickets = rows_at(elsewhere, "proposal", "proposal_ticket")
    assert 1 <= proposals == tickets <= 1 + len(sent)
    city.works_at(elsewhere, clock)


def test_what_came_after_it_is_gone_when_it_takes_the_place(city, services, clock):
    made = city.makes()
    services.proposals.send(a_draft(), asker=Asker.chat(8))
    url = services.settings.database_url
    services.database.dispose()
    with pytest.raises(Refused) as refused:
        city.backups.restore(made.file)
    assert refused.value.code == "database_not_empty"
    assert rows_at(url, "proposal") == [2]
    city.backups.restore(made.file, replace=True)
    assert rows_at(url, "proposal") == [1]
    city.works_at(url, clock)


def test_while_anybody_uses_the_database_nothing_is_replaced(city, services):
    made = city.makes()
    services.proposals.send(a_draft(), asker=Asker.chat(8))
    with services.database.reading() as connection:
        connection.execute(text("SELECT 1"))
    # The connection waits in its pool, as those of a site do at night.
    with pytest.raises(Refused) as refused:
        city.backups.restore(made.file, replace=True)
    assert refused.value.code == "database_in_use"
    assert rows_at(services.settings.database_url, "proposal") == [2]


def test_after_a_change_of_keys_it_needs_those_of_its_time_and_is_sealed_anew(
    city, services, elsewhere, backups_of, tmp_path, clock
):
    made = city.makes()
    keys = KeyFile.read(city.keys_file)
    services.rotation.rotate()
    keys_of_today = tmp_path / "today.json"
    KeyFile.read(city.keys_file).without({1}).write(keys_of_today)
    with pytest.raises(Refused) as refused:
        backups_of(elsewhere, keys_of_today).verify(made.file)
    assert (refused.value.code, refused.value.facts) == ("backup_needs_keys", {"keys": "1"})
    backups_of(elsewhere).restore(made.file)
    city.works_at(elsewhere, clock)
    found = backups_of(elsewhere).make(city.folder / "there", keep=1)
    assert found.keys == (2,)
    assert keys.current == 1


@pytest.mark.parametrize("new_database", ["sqlite"], indirect=True)
def test_the_newest_whole_ones_stay(city, clock):
    made = []
    for _ in range(4):
        made.append(city.makes().file)
        clock.passes(hours=24)
    damaged = made[3].read_bytes()
    made[3].write_bytes(damaged[:-200])
    (city.folder / "notes.txt").write_text("not Salur's")
    last = city.makes(keep=2)
    left = sorted(one.name for one in city.folder.iterdir())
    assert left == ["notes.txt", made[2].name, made[3].name, last.file.name]
    assert last.thinned == 2
    clock.passes(hours=-24 * 30)  # a clock that went back makes the new one the oldest by name
    assert city.makes(keep=1).file.exists()


@pytest.mark.parametrize("new_database", ["sqlite"], indirect=True)
def test_the_keys_never_go_where_the_backups_are(city, tmp_path):
    for beside in (city.folder / "keys.json", city.folder / "deep" / "keys.json"):
        with pytest.raises(Refused, match="keys_beside_backups"):
            city.backups.save_keys(beside, city.folder)
    apart = tmp_path / "stick" / "keys.json"
    city.backups.save_keys(apart, city.folder)
    assert apart.stat().st_mode & 0o777 == 0o600
    assert apart.read_bytes() == Path(city.keys_file).read_bytes()
    city.services.rotation.rotate()
    city.backups.save_keys(apart, city.folder)  # has all of before, and more
    assert set(KeyFile.read(apart).sealing) == {1, 2}
    city.services.rotation.retire()
    with pytest.raises(Refused, match="keys_would_be_lost"):
        city.backups.save_keys(apart, city.folder)
    assert set(KeyFile.read(apart).sealing) == {1, 2}


def test_nothing_is_made_of_a_database_that_is_not_set_up(elsewhere, backups_of, city):
    with pytest.raises(Refused, match="not_set_up"):
        backups_of(elsewhere).make(city.folder, keep=1)
    assert list(city.folder.iterdir()) == []

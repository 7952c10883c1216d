"""Sealing: what is stored cannot be read without the keys, moved between rows, or lost in a rotation."""

from __future__ import annotations

import json
import stat
import threading
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url, text

from salur.core.answers import OnTheList
from salur.core.attempts import Asker
from salur.core.errors import ConfigError, NoKey, Refused
from salur.core.nik import Nik
from salur.core.vault import KeyFile, Vault
from tests.fixtures.office import Recipient


@pytest.fixture
def vault():
    return Vault(KeyFile.new())


def test_what_is_sealed_opens_in_its_row_only(vault):
    sealed = vault.seal(b"SITI MAESAROH", "person.sealed_names", 7)
    assert b"SITI" not in sealed
    assert vault.open(sealed, "person.sealed_names", 7) == b"SITI MAESAROH"
    for place, row in (("person.sealed_names", 8), ("person.sealed_address", 7)):
        with pytest.raises(NoKey):
            vault.open(sealed, place, row)


def test_a_changed_byte_does_not_open(vault):
    sealed = bytearray(vault.seal(b"SITI", "person.sealed_names", 7))
    sealed[-1] ^= 1
    with pytest.raises(NoKey):
        vault.open(bytes(sealed), "person.sealed_names", 7)


def test_the_same_name_is_sealed_differently_each_time(vault):
    assert vault.seal(b"SITI", "p", 1) != vault.seal(b"SITI", "p", 1)


def test_an_index_needs_the_key(vault):
    assert vault.index("3271015505800001") == vault.index("3271015505800001")
    assert len(vault.index("3271015505800001")) == 32
    assert Vault(KeyFile.new()).index("3271015505800001") != vault.index("3271015505800001")


def test_a_key_file_is_private_and_not_overwritten(tmp_path):
    path = tmp_path / "keys.json"
    KeyFile.new().write(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(Refused):
        KeyFile.new().write(path)


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"index": "AAAA", "sealing": {"1": "AAAA"}, "current": 1}'])
def test_a_damaged_key_file_is_refused_without_showing_it(tmp_path, content):
    path = tmp_path / "keys.json"
    path.write_text(content)
    with pytest.raises(ConfigError) as refused:
        Vault.from_file(path)
    assert "AAAA" not in str(refused.value)


def test_printing_keys_shows_no_key():
    keys = KeyFile.new()
    assert repr(keys) == "<KeyFile [1] current 1>"


# -- in the database ---------------------------------------------------------------------------------------------------


def test_a_copy_of_the_database_tells_nobody(office, services, settings):
    mother = Recipient(
        name="ZULKHAIDAH WIRASASMITA", address="Gang Kenanga Rahasia 77", note="suami di Malaysia", state="suspended"
    )
    letter_only = Recipient(name="QOMARIYATUN", nik=None, kk=None, letter_code="PBP0001", address="Kp. Tersembunyi")
    faulty = {2: (mother.nik, "ROKAYAHTUL", "Jl. Sembunyi 3")}
    listed = office.drafts(mother, letter_only, faults=[(2, "kk", "kk_missing")], faulty_cells=faulty)
    services.lists.publish(listed)
    services.lookup.ask(Nik.parse(mother.nik), mother.name, asker=Asker.address("203.0.113.7"))
    services.lookup.ask(Nik.parse(mother.nik), "Wrong Name", asker=Asker.chat(987654321))
    raw = _raw_bytes(services, settings.database_url)
    assert b"SK Dinsos 460/12/2026" in raw  # the search would find what is there
    for secret in (
        mother.nik, mother.kk, "ZULKHAIDAH", "WIRASASMITA", "Kenanga", "Malaysia", "QOMARIYATUN", "Tersembunyi",
        "ROKAYAHTUL", "Sembunyi", "203.0.113.7", "987654321", "Wrong Name",
    ):  # fmt: skip
        assert secret.encode() not in raw
        assert secret.encode().hex().encode() not in raw


def _raw_bytes(services, url) -> bytes:
    """Everything the database holds: SQLite's files as they are; PostgreSQL's tables, copied out in binary."""
    if make_url(url).get_backend_name() == "sqlite":
        file = Path(make_url(url).database)
        return b"".join(path.read_bytes() for path in file.parent.glob(file.name + "*"))
    with services.database.reading() as connection:
        tables = connection.execute(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).scalars().all()
    raw = b""
    with psycopg.connect(url.replace("+psycopg", "")) as copying:
        for table in tables:
            with copying.cursor().copy(f'COPY "{table}" TO STDOUT (FORMAT binary)') as copy:
                raw += b"".join(bytes(block) for block in copy)
    return raw


def _keys_in_use(services) -> set[int]:
    with services.database.reading() as connection:
        return {
            int.from_bytes(row[0][:2], "big") for row in connection.execute(text("SELECT sealed_names FROM person"))
        }


def test_keys_rotate_while_residents_ask(office, services, settings):
    people = [Recipient(name="SITI MAESAROH") for _ in range(1200)]
    office.publishes(*people)
    wrong = []

    def ask_on(stop: threading.Event) -> None:
        number = 0
        while not stop.is_set():
            mother = people[number % len(people)]
            asker = Asker.chat(number % 50)
            if not isinstance(services.lookup.ask(Nik.parse(mother.nik), mother.name, asker=asker), OnTheList):
                wrong.append(mother.nik)
            number += 37
            if number > 37 * 1500:
                return

    stop = threading.Event()
    asking = threading.Thread(target=ask_on, args=[stop])
    asking.start()
    rotated = services.rotation.rotate()
    stop.set()
    asking.join()
    assert not wrong
    assert (rotated.rows, rotated.key) == (1200, 2)
    assert _keys_in_use(services) == {2}
    assert services.rotation.retire() == 1
    assert list(json.loads(Path(settings.keys_file).read_text())["sealing"]) == ["2"]
    assert isinstance(services.lookup.ask(Nik.parse(people[0].nik), "Siti Maesaroh", asker=Asker.chat(999)), OnTheList)


def test_an_interrupted_rotation_goes_on_with_its_key(office, services):
    office.publishes(*(Recipient() for _ in range(1100)))

    class Killed(Exception):
        pass

    def kill(_done: int) -> None:
        raise Killed

    with pytest.raises(Killed):
        services.rotation.rotate(progress=kill)
    assert _keys_in_use(services) == {1, 2}
    with pytest.raises(Refused):
        services.rotation.retire()
    assert services.rotation.to_do() == 600
    assert services.rotation.rotate().key == 2
    assert services.rotation.to_do() == 1100
    assert _keys_in_use(services) == {2}


def test_everything_sealed_is_rotated(office, services):
    note = Recipient(state="suspended", note="kata kantor")
    listed = office.drafts(note, faults=[(2, "kk", "kk_missing")], faulty_cells={2: ("a", "b")})
    services.lists.publish(listed)
    services.rotation.rotate()
    services.rotation.retire()
    (aid,) = services.lookup.ask(Nik.parse(note.nik), note.name, asker=Asker.chat(1)).present
    assert aid.reason == "kata kantor"
    assert services.lists.faulty_rows(listed)[1][0].cells == ("a", "b")

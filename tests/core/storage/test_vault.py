"""Sealing: what is stored cannot be read without the keys, moved between rows, or lost in a rotation."""

from __future__ import annotations

import json
import stat
import threading
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import text

from salur.core.errors import ConfigError, NoKey, Refused
from salur.core.limits.asker import Asker
from salur.core.lookup.answers import NotOnTheList, OnTheList
from salur.core.maintenance.rotation import TABLES, sealed_columns
from salur.core.people.nik import Nik
from salur.core.storage.keys import KeyFile
from salur.core.storage.vault import PADDED, STEP, Vault, padded_size
from salur.core.tables.base import Table
from salur.core.tables.people import PersonRow
from tests.fixtures.databases import raw_bytes
from tests.fixtures.office import Recipient, a_nik


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


def test_what_is_sealed_tells_no_length(vault):
    def sealed_size(size):
        return len(vault.seal(bytes(size), "p", 1))

    names = ["ASEP", "SITI MAESAROH", "MUHAMMAD RIZKI FAUZI AL BANTANI"]
    assert len({len(vault.seal_json({"name": name, "head": None}, "p", 1)) for name in names}) == 1
    assert [sealed_size(size) for size in (0, STEP - 1, STEP)] == [94, 94, 158]
    sizes = {padded_size(size) for size in range(300_000, 400_000, 7)}
    assert len(sizes) < 5
    assert all(size < padded_size(size) <= max(STEP, size * 9 // 8 + STEP) for size in range(0, 100_000, 13))
    for plain in (b"", b"\0", b"SITI\0\0", b"SITI\x80", bytes(STEP), b"\x80" * STEP):
        assert vault.open(vault.seal(plain, "p", 1), "p", 1) == plain


def test_what_was_sealed_before_lengths_were_hidden_still_opens():
    keys = KeyFile.new()
    cipher, nonce = AESGCM(keys.sealing[1]), bytes(12)
    before = b"\0\1" + nonce + cipher.encrypt(nonce, b"SITI\0", b"person.sealed_names:7")
    assert Vault(keys).open(before, "person.sealed_names", 7) == b"SITI\0"


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


def test_a_copy_of_the_database_tells_nobody(office, services):
    mother = Recipient(
        name="ZULKHAIDAH WIRASASMITA", address="Gang Kenanga Rahasia 77", note="suami di Malaysia", state="suspended"
    )
    letter_only = Recipient(name="QOMARIYATUN", nik=None, kk=None, letter_code="PBP0001", address="Kp. Tersembunyi")
    faulty = {2: (mother.nik, "ROKAYAHTUL", "Jl. Sembunyi 3")}
    listed = office.drafts(mother, letter_only, faults=[(2, "kk", "kk_missing")], faulty_cells=faulty)
    services.lists.publish(services.lists.change(listed).agreed())
    services.lookup.ask(Nik.parse(mother.nik), mother.name, asker=Asker.address("203.0.113.7"))
    services.lookup.ask(Nik.parse(mother.nik), "Wrong Name", asker=Asker.chat(987654321))
    raw = raw_bytes(services)
    assert b"SK Dinsos 460/12/2026" in raw  # the search would find what is there
    for secret in (
        mother.nik, mother.kk, "ZULKHAIDAH", "WIRASASMITA", "Kenanga", "Malaysia", "QOMARIYATUN", "Tersembunyi",
        "ROKAYAHTUL", "Sembunyi", "203.0.113.7", "987654321", "Wrong Name",
    ):  # fmt: skip
        assert secret.encode() not in raw
        assert secret.encode().hex().encode() not in raw


def _keys_in_use(services) -> set[int]:
    with services.database.reading() as connection:
        return {
            int.from_bytes(row[0][:2], "big") & ~PADDED
            for row in connection.execute(text("SELECT sealed_names FROM person"))
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


def test_no_table_with_something_sealed_is_left_to_the_old_key():
    sealed = {mapper.class_ for mapper in Table.registry.mappers if sealed_columns(mapper.class_)}
    assert sealed == set(TABLES)
    assert sealed_columns(PersonRow) == ("sealed_names", "sealed_numbers", "sealed_address")


def test_a_miss_is_a_miss_when_the_key_of_the_start_is_gone(office, services):
    mother = Recipient()
    office.publishes(mother)
    for key in (2, 3):
        assert services.rotation.rotate().key == key
        services.rotation.retire()
        assert isinstance(services.lookup.ask(Nik.parse(mother.nik), mother.name, asker=Asker.chat(key)), OnTheList)
        assert services.lookup.ask(Nik.parse(a_nik()), mother.name, asker=Asker.chat(key)) == NotOnTheList()


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
    services.lists.publish(services.lists.change(listed).agreed())
    services.rotation.rotate()
    services.rotation.retire()
    (aid,) = services.lookup.ask(Nik.parse(note.nik), note.name, asker=Asker.chat(1)).present
    assert aid.reason == "kata kantor"
    assert services.lists.faulty_rows(listed)[1][0].cells == ("a", "b")

"""A backup that is no good is known before anything is touched: damaged, foreign, forged, newer, of another kind."""

from __future__ import annotations

import json
import random
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest

from salur.core.errors import NoKey, Refused
from salur.core.maintenance.backups import archive, backups
from salur.core.maintenance.backups.backups import Backups
from salur.core.storage.keys import KeyFile
from salur.core.storage.vault import Vault
from tests.fixtures.databases import raw_bytes
from tests.fixtures.services import vault_of


@pytest.mark.parametrize("new_database", ["sqlite"], indirect=True)
def test_a_damaged_byte_anywhere_is_noticed(city, backups_of, elsewhere):
    file = city.makes().file
    whole = file.read_bytes()
    chance = random.Random(3)
    places = [0, 100, 600, len(whole) - 1, len(whole) - 66, len(whole) - 131, *chance.sample(range(len(whole)), 20)]
    for place in places:
        damaged = bytearray(whole)
        damaged[place] ^= 1 << chance.randrange(8)
        file.write_bytes(damaged)
        with pytest.raises(Refused) as refused:
            backups_of(elsewhere).restore(file)
        # Of the keyed digest alone nobody can say who changed it.
        expected = {"backup_damaged", "backup_other_keys"} if place > len(whole) - 66 else {"backup_damaged"}
        assert refused.value.code in expected, place
    for size in (0, 1, 129, 130, 600, len(whole) // 2, len(whole) - 1):
        file.write_bytes(whole[:size])
        with pytest.raises(Refused, match="backup_damaged"):
            backups_of(elsewhere).restore(file)
    assert backups_of(elsewhere).is_empty()
    file.write_bytes(whole)
    city.backups.verify(file)


@pytest.mark.parametrize("new_database", ["sqlite"], indirect=True)
def test_whoever_has_no_keys_makes_no_backup_that_is_taken_for_the_sites_own(city, elsewhere, backups_of, tmp_path):
    """Else a password of the thief's own could be written into it, and be brought back with it."""
    file = city.makes().file
    with tarfile.open(file) as tar:
        tar.extractall(tmp_path / "out", filter="data")
    dumped = tmp_path / "out" / "database"
    told = json.loads((tmp_path / "out" / "manifest.json").read_text())
    manifest = archive.Manifest(**told | {"keys": tuple(told["keys"])})
    dumped.write_bytes(dumped.read_bytes().replace(b"SK Dinsos 460/12/2026", b"SK Dinsos 460/12/2027"))
    forged = tmp_path / "forged.tar"
    with_keys_of_the_thief = Vault(KeyFile.new())
    archive.write_archive(forged, replace(manifest, sha256=archive.sha256_of(dumped)), dumped, with_keys_of_the_thief)
    assert Backups(elsewhere, str(tmp_path / "none.json"), city.services.clock).verify(forged).opened is None
    with pytest.raises(Refused, match="backup_other_keys"):
        backups_of(elsewhere).restore(forged)


def test_without_its_keys_it_opens_nothing_and_reads_as_the_stolen_database_does(city, elsewhere, backups_of, tmp_path):
    file = city.makes().file
    raw = file.read_bytes() + raw_bytes(city.services)
    keys = KeyFile.read(city.keys_file)
    for secret in (city.mother.name, city.mother.nik, city.mother.kk, "Siti Maesaroh", "Jl. Roda"):
        assert secret.encode() not in raw
    with tarfile.open(file) as tar:
        names = tar.getnames()
        tar.extractall(tmp_path / "out", filter="data")
    dumped, told = ((tmp_path / "out" / name).read_bytes() for name in ("database", "manifest.json"))
    assert names == ["manifest.json", "database"]
    for key in (keys.index, *keys.sealing.values(), Path(city.keys_file).read_bytes()):
        assert key not in dumped + told
    # A thief with keys of his own, whatever their number.
    thief = tmp_path / "thief.json"
    KeyFile(KeyFile.new().index, dict(KeyFile.new().sealing), 1).write(thief)
    with pytest.raises(Refused, match="backup_other_keys"):
        backups_of(elsewhere, thief).verify(file)
    with pytest.raises(Refused, match="backup_other_keys"):
        backups_of(elsewhere, thief).restore(file)
    with pytest.raises(Refused, match="backup_keys_missing"):
        backups_of(elsewhere, tmp_path / "none.json").restore(file)
    assert backups_of(elsewhere).is_empty()


def test_he_who_has_the_index_key_alone_opens_nothing_either(city, elsewhere, backups_of, tmp_path):
    file = city.makes().file
    half = tmp_path / "half.json"
    KeyFile(KeyFile.read(city.keys_file).index, KeyFile.new().sealing, 1).write(half)
    with pytest.raises(NoKey):
        backups_of(elsewhere, half).verify(file)
    with pytest.raises(NoKey):
        backups_of(elsewhere, half).restore(file)
    assert backups_of(elsewhere).is_empty()


@pytest.mark.parametrize("new_database", ["sqlite"], indirect=True)
def test_one_of_a_newer_program_is_left_alone(city, elsewhere, backups_of, monkeypatch):
    with monkeypatch.context() as newer:
        newer.setattr(backups, "own_version", lambda: "7.0.1")
        file = city.makes().file
    for does in (backups_of(elsewhere).verify, backups_of(elsewhere).restore):
        with pytest.raises(Refused) as refused:
            does(file)
        assert (refused.value.code, refused.value.facts) == ("backup_newer", {"version": "7.0.1"})


@pytest.mark.parametrize("new_database", ["sqlite"], indirect=True)
def test_one_whose_rows_are_not_those_that_were_counted_is_no_backup(city, elsewhere, backups_of, tmp_path):
    file = city.makes().file
    manifest = archive.read_archive(file, None)
    archive.extract_database(file, tmp_path / "database")
    short = tmp_path / "short.tar"
    counted = replace(manifest, rows=manifest.rows | {"person": manifest.rows["person"] + 1})
    archive.write_archive(short, counted, tmp_path / "database", vault_of(city.services))
    for does in (backups_of(elsewhere).verify, backups_of(elsewhere).restore):
        with pytest.raises(Refused) as refused:
            does(short)
        assert refused.value.facts == {"table": "person", "there": 62, "found": 61}


@pytest.mark.parametrize("new_database", ["sqlite"], indirect=True)
def test_one_kind_of_database_is_not_brought_back_into_another(city, postgres, backups_of):
    file = city.makes().file
    url = postgres.create()
    try:
        with pytest.raises(Refused, match="backup_of_other_kind"):
            backups_of(url).restore(file)
        assert backups_of(url).verify(file).opened  # to try it, a file is enough
    finally:
        postgres.drop(url)

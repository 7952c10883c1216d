"""The commands an administrator types: backup, verify, restore."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where backups go by themselves."""
    monkeypatch.setenv("SALUR_INSTANCE", str(tmp_path / "instance"))
    return tmp_path / "instance" / "backups"


def test_an_administrator_makes_tries_and_brings_back(run, city, services, folder, tmp_path, settings):
    told = run("backup", "--keys", tmp_path / "stick" / "keys.json")
    (file,) = folder.iterdir()
    assert str(file) in told
    assert "Only opened by key 1." in told
    told = run("verify", file, "--keys", tmp_path / "stick" / "keys.json")
    assert "This backup is whole." in told
    assert "5 sealed values" in told
    services.database.dispose()
    assert "--replace" in run("restore", file, exits=1)
    assert "Nothing was replaced." in run("restore", file, "--replace", exits=1)  # nobody is there to be asked
    told = run("restore", file, "--replace", "--yes")
    assert "Restored." in told
    assert city.mother.name not in told
    city.works_at(settings.database_url, city.services.clock)


def test_programs_read_json_and_a_damaged_file_ends_with_one(run, city, folder, services):
    made = json.loads(run("backup", "--json"))
    tried = json.loads(run("verify", made["file"], "--json"))
    assert (tried["rows"], tried["tables"]) == (made["rows"], made["tables"])
    file = Path(made["file"])
    whole = bytearray(file.read_bytes())
    whole[len(whole) // 2] ^= 1
    file.write_bytes(whole)
    assert "is damaged, incomplete, or no backup of Salur's" in run("verify", file, exits=1)
    assert '"backup_damaged"' in run("verify", file, "--json", exits=1)


@pytest.mark.parametrize("new_database", ["postgresql"], indirect=True)
def test_without_the_tools_of_postgresql_it_says_what_to_install(run, city, folder, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "apt install postgresql-client" in run("backup", exits=1)
    for tool in ("pg_dump", "pg_restore", "psql"):
        (tmp_path / tool).write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6.1'\n")
        (tmp_path / tool).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}/bin")
    assert "pg_dump 9 is older than the PostgreSQL server" in run("backup", exits=1)
    assert list(folder.iterdir()) == []

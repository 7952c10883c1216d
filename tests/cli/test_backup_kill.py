"""Killed at any moment, a backup is whole or not there, and a restore leaves what was there or what it brings back."""

from __future__ import annotations

import random
from pathlib import Path

from sqlalchemy import text

from salur.core.storage.database import Database
from tests.fixtures.office import Recipient

KILLS = 4


def people_at(url: str) -> tuple[int, int]:
    """Those who are there, and those who are on a list."""
    database = Database(url)
    try:
        with database.reading() as connection:
            counts = connection.execute(
                text("SELECT (SELECT count(*) FROM person), (SELECT count(*) FROM entitlement)")
            )
            return tuple(counts.one())
    finally:
        database.dispose()


def test_a_restore_leaves_what_was_there_or_what_it_brings_back(killer, city, office, services):
    url = services.settings.database_url
    before = city.makes().file
    office.publishes(*(Recipient() for _ in range(200)), programme="SEMBAKO")
    services.clock.passes(hours=1)
    after = city.makes().file
    services.database.dispose()
    old, new = (61, 61), (261, 261)
    assert killer.run("restore", after, "--replace", "--yes") == 0
    assert people_at(url) == new
    moments, seen, codes = random.Random(5), set(), set()
    for number in range(KILLS):
        file = (before, after)[number % 2]
        codes.add(killer.run("restore", file, "--replace", "--yes", killed_at=moments.uniform(0.2, 1.0)))
        seen.add(people_at(url))
    assert seen <= {old, new}
    assert -9 in codes
    assert killer.run("restore", before, "--replace", "--yes") == 0
    assert people_at(url) == old
    left = [one.name for one in Path(city.keys_file).parent.iterdir() if one.name.startswith(".salur-work")]
    assert left == []


def test_a_backup_is_whole_or_not_there(killer, city, tmp_path):
    folder = tmp_path / "made"
    assert killer.run("backup", "--out", folder) == 0
    moments = random.Random(9)
    for _ in range(KILLS):
        killer.run("backup", "--out", folder, killed_at=moments.uniform(0.2, 1.0))
        for file in folder.glob("*.tar"):
            assert city.backups.look(file)
    assert killer.run("backup", "--out", tmp_path / "made") in (0, 1)  # 1: in the same second as the last
    assert [one.name for one in folder.iterdir() if not one.name.endswith(".tar")] == []

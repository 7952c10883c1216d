"""SQLite has one writer and one disk: what either of them holds up ends there, and ends by itself."""

from __future__ import annotations

import resource
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import make_url, text

from salur.core.errors import DatabaseAway, Refused
from salur.core.storage import absence, database, room
from salur.web.app import create_app
from salur.wiring import Services, build
from tests.fixtures.office import Recipient
from tests.fixtures.processes import wait_until
from tests.fixtures.uploads import Desk, work_off
from tests.web.conftest import Visitor

NIK = "3271055505800001"
AT_ONCE = 5.0  # seconds; a machine that is busy with other tests takes some of them


def file_of(services: Services) -> Path:
    return Path(str(make_url(services.settings.database_url).database))


def log_of(services: Services) -> Path:
    return file_of(services).with_name(file_of(services).name + "-wal")


@contextmanager
def full_disk(room: int) -> Iterator[None]:
    """No file of this process may get larger than that, in bytes, as if there were no more room on the disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_one_that_writes_for_long_holds_up_nobody_who_only_reads(settings, services, monkeypatch):
    monkeypatch.setattr(database, "PAGE_BUSY_SECONDS", 0.2)
    monkeypatch.setattr(absence, "ASKS_EVERY", 0.05)
    hurried = build(settings)
    site = Visitor(create_app(hurried))
    token = site.token()
    with closing(sqlite3.connect(file_of(services), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        for path in ("/", "/jadwal", "/healthz"):
            assert site.opens(path).status_code == 200
        refused = site.sends(nomor=NIK, nama="Siti", csrf_token=token)
        assert (refused.status_code, refused.headers["Retry-After"]) == (503, "120")
        since = time.monotonic()
        assert [site.sends(nomor=NIK, nama="Siti", csrf_token=token).status_code for _ in range(5)] == [503] * 5
        assert '"database":"away"' in site.opens("/readyz").text
        assert site.opens("/jadwal").status_code == 200
        assert time.monotonic() - since < AT_ONCE
        other.execute("ROLLBACK")
    wait_until(lambda: site.asks(NIK, "Siti").status_code == 200)
    hurried.database.dispose()


def test_a_disk_that_was_full_is_forgotten_once_there_is_room(services, app):
    site = Visitor(app)
    assert site.asks(NIK, "Siti").status_code == 200
    with full_disk(file_of(services).stat().st_size + 100_000):
        for size in (200_000, 4_000, 1):  # until not even a single page finds room
            with pytest.raises(DatabaseAway):
                fill(services, size)
        refused = site.asks(NIK, "Siti")
        assert (refused.status_code, "Data Anda tidak hilang" in refused.text) == (503, True)
        for path in ("/", "/jadwal", "/healthz"):
            assert site.opens(path).status_code == 200
    assert site.asks(NIK, "Siti").status_code == 200
    fill(services, 200_000, times=2)


def fill(services: Services, size: int, times: int = 1_000) -> None:
    """Write more than the disk holds, in transactions of so many bytes."""
    for _ in range(times):
        with services.database.writing() as connection:
            connection.execute(text("CREATE TABLE IF NOT EXISTS filling (content blob)"))
            connection.execute(text("INSERT INTO filling VALUES (zeroblob(:size))"), {"size": size})


def test_the_log_gives_back_the_room_that_something_large_took(services):
    with services.database.writing() as connection:
        connection.execute(text("CREATE TABLE filling (content blob)"))
        connection.execute(text("INSERT INTO filling VALUES (zeroblob(:size))"), {"size": 2 * database.LOG_BYTES})
    for _ in range(3):
        with services.database.writing() as connection:
            connection.execute(text("INSERT INTO filling VALUES ('x')"))
    assert log_of(services).stat().st_size <= database.LOG_BYTES


def test_a_file_that_the_disk_has_no_room_for_is_refused_before_any_of_it_is_written(
    services, desk: Desk, write_list, monkeypatch
):
    file = write_list("daftar.xlsx", Recipient())
    id, _ = desk.reads(file)
    desk.imports(id)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=room.RESERVE))
    with pytest.raises(Refused, match="no_room"):
        desk.sends(file)
    work_off(services)
    assert (desk.job(id).refused, services.lists.all()) == ("no_room", ())

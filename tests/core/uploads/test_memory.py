"""Columns that were told are remembered for such files of the same sender, until they are forgotten."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import select

from salur.core.officers.roles import Role
from salur.core.storage.database import MIGRATIONS
from salur.core.tables.uploads import ColumnMemoryRow
from tests.fixtures.office import Recipient
from tests.fixtures.officers import CITY, Heads
from tests.fixtures.uploads import Desk, work_off

TOLD = {"note": "H"}


@pytest.fixture
def a_file(write_sheet) -> Callable[..., Path]:
    """A file with a column that nobody knows, and perhaps a title that names who issued it."""

    def write(name: str, issuer: str = "") -> Path:
        header = ["NO", "NIK", "NO KK", "NAMA PENERIMA", "RT", "RW", "KELURAHAN", "XYZ"]
        rows = [[str(n), r.nik, r.kk, r.name, "3", "5", "TEGAL GUNDIL", "MENINGGAL"] for n, r in
                enumerate((Recipient(), Recipient()), 1)]  # fmt: skip
        return write_sheet(name, [*([[f"DAFTAR PENERIMA {issuer}"]] if issuer else []), header, *rows])

    return write


def sends(desk: Desk, file: Path, sender: str = "") -> tuple[int, bool]:
    """Send a file and have it read; its number, and whether it was read as one before."""
    arriving = desk.services.uploads.receive(file.name, CITY)
    arriving.write(file.read_bytes())
    (id,) = desk.services.uploads.accept([arriving], desk.officer.account, CITY, sender=sender)
    work_off(desk.services)
    return id, desk.finds(id).remembered


def tells(desk: Desk, id: int) -> None:
    """Say what the column is, and that it is to be remembered."""
    desk.services.uploads.read_again(id, desk.officer.account, CITY, TOLD, remember=True)
    work_off(desk.services)


def test_what_is_said_of_one_senders_files_holds_for_no_others(services, desk: Desk, a_file):
    id, _ = sends(desk, a_file("a.xlsx"), "Kelurahan Tegal Gundil")
    tells(desk, id)
    assert not sends(desk, a_file("b.xlsx"), "Kelurahan Bantar Jati")[1]
    assert not sends(desk, a_file("c.xlsx"))[1]
    later, remembered = sends(desk, a_file("d.xlsx"), "kelurahan  TEGAL gundil")
    assert remembered
    assert desk.finds(later).first[0].reason == "died"
    kept = desk.shows(later).remembered
    assert kept is not None
    assert (kept.by, kept.of_sender) == (desk.officer.account, True)


def test_who_issued_it_is_read_off_its_titles_where_nobody_is_named(services, desk: Desk, a_file):
    id, _ = sends(desk, a_file("a.xlsx", "DINAS SOSIAL KOTA BOGOR"))
    assert desk.finds(id).proposed.issuer == "Dinas Sosial Kota Bogor"
    tells(desk, id)
    assert not sends(desk, a_file("b.xlsx", "KEMENTERIAN SOSIAL"))[1]
    assert sends(desk, a_file("c.xlsx", "DINAS SOSIAL KOTA BOGOR"))[1]
    assert sends(desk, a_file("d.xlsx"), "Dinas Sosial Kota Bogor")[1]


def test_what_was_said_of_nobody_holds_for_everybody_of_the_office_until_something_is_said_of_them(
    services, desk: Desk, heads: Heads, a_file
):
    id, _ = sends(desk, a_file("a.xlsx"))
    tells(desk, id)
    assert sends(desk, a_file("b.xlsx"), "Kelurahan Bantar Jati")[1]
    there = Desk(services, heads.create(Role.DINSOS, "76.04"))
    _, findings = there.reads(a_file("c.xlsx"))
    assert not findings.remembered, "another office reads its files as it likes"


def test_it_is_forgotten_on_the_spot(services, desk: Desk, a_file):
    id, _ = sends(desk, a_file("a.xlsx"), "Kelurahan Tegal Gundil")
    tells(desk, id)
    later, _ = sends(desk, a_file("b.xlsx"), "Kelurahan Tegal Gundil")
    services.uploads.forget(later, desk.officer.account, CITY)
    work_off(services)
    findings = desk.finds(later)
    assert (findings.remembered, findings.first[0].reason) == (False, None)
    assert desk.shows(later).remembered is None
    assert not sends(desk, a_file("c.xlsx"), "Kelurahan Tegal Gundil")[1]


def test_what_was_remembered_before_senders_were_asked_for_is_kept_both_ways(services, desk: Desk, a_file):
    id, _ = sends(desk, a_file("a.xlsx"))
    tells(desk, id)
    other, _ = sends(desk, a_file("b.xlsx"), "Kelurahan Bantar Jati")
    tells(desk, other)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    script = next(s for s in ScriptDirectory.from_config(config).walk_revisions() if s.path.endswith("_comparing.py"))
    for direction, revision in ((command.downgrade, str(script.down_revision)), (command.upgrade, "head")):
        with services.database.engine.begin() as connection:
            config.attributes["connection"] = connection
            direction(config, revision)
    with services.database.reading() as connection:
        (kept,) = connection.execute(select(ColumnMemoryRow.__table__)).all()
    assert (kept.region_code, kept.sender, kept.made_by) == (CITY, b"", desk.officer.account)
    assert sends(desk, a_file("c.xlsx"), "Kelurahan Tegal Gundil")[1]


def test_a_sender_who_exchanges_the_numbers_under_the_same_headers_is_asked_about(services, desk: Desk, write_sheet):
    def file(name: str, *, exchanged: bool) -> Path:
        header = ["NO", "NOMOR A", "NOMOR B", "NAMA PENERIMA", "RT", "RW", "KELURAHAN"]
        people = [Recipient() for _ in range(3)]
        numbers = ([r.kk, r.nik] if exchanged else [r.nik, r.kk] for r in people)
        rows = [["1", *two, r.name, "3", "5", "TEGAL GUNDIL"] for two, r in zip(numbers, people, strict=True)]
        return write_sheet(name, [header, *rows])

    columns = {"nik": "B", "kk": "C", "name": "D"}
    id, _ = sends(desk, file("a.xlsx", exchanged=False))
    services.uploads.read_again(id, desk.officer.account, CITY, columns, remember=True)
    work_off(services)
    assert sends(desk, file("b.xlsx", exchanged=False))[1]
    later, _ = sends(desk, file("c.xlsx", exchanged=True))
    findings = desk.finds(later)
    assert (findings.refused, findings.facts["looks"]) == ("column_contradicts", "nik")
    services.uploads.read_again(later, desk.officer.account, CITY, {**columns, "nik": "C", "kk": "B"})
    work_off(services)
    assert desk.finds(later).people == 3

"""What an operator is shown and asked before a list is published, in their own language."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from salur.cli.days import Day
from salur.words.settings import terminal_language
from tests.fixtures.files import HEADER
from tests.fixtures.office import Recipient

FACTS = {
    "--programme": "PKH",
    "--period": "2026-T1",
    "--decree": "SK 460/1",
    "--issued": "12 Januari 2026",
    "--issuer": "Dinsos",
}


@pytest.fixture
def imports(run):
    """Import files, with some facts otherwise."""

    def imported(*files: object, exits: int = 0, **facts: str) -> str:
        told = FACTS | {f"--{name}": value for name, value in facts.items()}
        return run("lists", "import", *files, *(word for pair in told.items() for word in pair), exits=exits)

    return imported


def rw(number: int, **other: object) -> list[Recipient]:
    """Four people of one RW."""
    return [Recipient(name=f"IBU {'ABCD'[rt]}RSITA", rw=number, rt=rt + 1, **other) for rt in range(4)]  # type: ignore[arg-type]


def test_the_files_of_one_round_are_imported_together_and_once(run, imports, write_list):
    files = [write_list(f"rw{n}.csv", *rw(n)) for n in (1, 2)]
    told = imports(*files)
    assert "8 people, 0 rows refused, 0 faults." in told
    assert "Coverage: Tegal Gundil RW 1, RW 2 only." in told
    assert "faults.xlsx" not in told
    assert "imported before, as list 1" in imports(files[1], exits=1)
    assert "named twice" in imports(write_list("rw3.csv", *rw(3)), write_list("rw3.csv", *rw(3)), exits=1)


def test_publishing_one_rw_after_the_other_drops_nobody(run, imports, write_list):
    imports(write_list("all.csv", *rw(1), *rw(2), *rw(3)), period="2025-T4")
    run("lists", "publish", 1, "--yes")
    for number in (1, 2, 3):
        people = [replace(person, nik=Recipient().nik, amount=900_000) for person in rw(number)]
        imports(write_list(f"rw{number}.csv", *people))
    told = run("lists", "publish", 2, "--yes")
    assert "It supersedes a part of list 1; the rest stays in force." in told
    assert "Tegal Gundil: 4 → 4 people; 4 new, 4 dropped out, 0 moved, 0 with another amount." in told
    run("lists", "publish", 3, "--yes")
    shown = json.loads(run("lists", "show", "--json"))
    assert {one["id"]: one["people"] for one in shown if one["state"] == "published"} == {1: 4, 2: 4, 3: 4}
    assert "In force again: list" in run("lists", "undo", 3, "--why", "wrong file")


def test_nothing_is_published_without_a_yes_when_many_drop_out(run, imports, write_list):
    imports(write_list("old.csv", *rw(1), *rw(2)), period="2025-T4", cakupan="kelurahan")
    run("lists", "publish", 1, "--ya")
    imports(write_list("new.csv", *rw(1), *rw(2)), coverage="kelurahan")
    told = run("lists", "publish", 2, exits=1)
    assert "8 new, 8 dropped out" in told
    assert "More than a tenth" in told
    assert "--yes" in told
    assert json.loads(run("lists", "publish", 2, "--json", exits=1).splitlines()[0]) == {"refused": "not_agreed"}
    assert json.loads(run("lists", "publish", 2, "--json", "--ya"))["dropped"] == 8


def test_who_is_taken_off_is_shown_and_has_to_be_confirmed(run, imports, write_sheet):
    header, *people = _rows(11)
    notes = ["MENINGGAL", "disabilitas ganda", *[""] * 9]
    rows = [header, *((*row[:-1], note) for row, note in zip(people, notes, strict=True))]
    told = imports(write_sheet("a.xlsx", rows))
    assert "1 people taken off: " in told
    assert "MENINGGAL (1)" in told
    assert "1 remarks change nothing" in told
    assert "disabilitas ganda" in told
    assert "confirm with --states" in run("lists", "publish", 1, "--yes", exits=1)
    assert "is in force" in run("lists", "publish", 1, "--yes", "--keadaan")


def test_what_the_file_says_otherwise_is_asked(run, imports, write_sheet):
    rows = [("DAFTAR PENERIMA SEMBAKO TAHAP 2 TAHUN 2025",), *_rows()]
    told = imports(write_sheet("a.xlsx", rows), exits=1)
    assert "programme: in the file SEMBAKO (rows: 3), in the command PKH" in told
    assert "stage: in the file 2 (rows: 3), in the command 1" in told
    assert "year: in the file 2025 (titles or column of stages), in the command 2026" in told
    imports(write_sheet("a.xlsx", rows), berlaku="berkas", period="2025-T3")
    (listed,) = json.loads(run("lists", "show", "--json"))
    assert (listed["programme"], listed["period"]) == ("SEMBAKO", "2025-T2")
    run("lists", "withdraw", 1, "--why", "again")
    imports(write_sheet("a.xlsx", rows), holds="command")
    assert json.loads(run("lists", "show", 2, "--json"))["programme"] == "PKH"


def _rows(count=3):
    nobody = [Recipient() for _ in range(count)]
    return [
        HEADER,
        *((1, p.nik, p.kk, p.name, "Jl. A", "001", "002", "TEGAL GUNDIL", "BOGOR UTARA", 300000, "") for p in nobody),
    ]


def test_a_check_says_what_was_understood_and_shows_nobody(run, write_sheet):
    rows = _rows()
    told = run("lists", "check", write_sheet("a.xlsx", rows), "--bahasa", "id")
    assert "3 orang, 0 baris ditolak, 0 kesalahan." in told
    assert "Program: tidak disebut" in told
    assert "Nilai bantuan: Rp900.000 untuk 3 orang; 0 tanpa nilai." in told
    assert "Tegal Gundil: 3 orang (RW 2: 3)" in told
    masked = r"Contoh: S••• M•••••••, NIK 327105••••8\d••••, KK 327105••••0\d••••, RT 1 RW 2"
    assert len(re.findall(masked, told)) == 3
    assert str(rows[1][1]) not in told


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({"LANG": "id_ID.UTF-8"}, "id"),
        ({"LC_ALL": "id_ID", "LANG": "en_US.UTF-8"}, "id"),
        ({"LC_ALL": "C", "LANG": "id_ID.UTF-8"}, "en"),
        ({"LC_MESSAGES": "su_ID"}, "su"),
        ({"LANG": "idx"}, "en"),
        ({}, "en"),
    ],
)
def test_a_command_speaks_as_its_terminal_does(environ, language):
    assert terminal_language(environ) == language


def test_what_is_refused_is_said_in_that_language_too(run, monkeypatch):
    assert "There is no list 9." in run("lists", "show", 9, exits=1)
    assert "Tidak ada daftar 9." in run("lists", "show", 9, "--bahasa", "id", exits=1)
    monkeypatch.setenv("LC_ALL", "id_ID.UTF-8")
    assert "Tidak ada daftar 9." in run("lists", "show", 9, exits=1)
    assert "There is no list 9." in run("lists", "show", 9, "--bahasa", "en", exits=1)


def test_times_are_those_of_the_city(run, imports, write_list):
    imports(write_list("a.csv", *rw(1)))
    assert "20 February 2026 12:00 WIB" in run("lists", "show", 1)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12-01-2026", "2026-01-12"),
        ("12/1/2026", "2026-01-12"),
        ("12.01.26", "2026-01-12"),
        ("12 Januari 2026", "2026-01-12"),
        ("Senin, 12 Januari 2026", "2026-01-12"),
        ("2026-01-12", "2026-01-12"),
        ("01-13-2026", None),
        ("31-02-2026", None),
        ("12-14 Januari 2026", None),
        ("12 Januari 2026 ditunda", None),
        ("46034", None),
        ("", None),
    ],
)
def test_days_are_read_day_first(text, day):
    from click import BadParameter

    if day is None:
        with pytest.raises(BadParameter):
            Day().convert(text, None, None)
    else:
        assert Day().convert(text, None, None).isoformat() == day

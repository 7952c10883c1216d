"""What an operator at Dinas Sosial does with a list, command by command."""

from __future__ import annotations

import json
import shutil
import stat
from types import SimpleNamespace

import pytest
from python_calamine import CalamineWorkbook

from salur.core.limits.asker import Asker
from salur.core.lookup.answers import NotOnTheList, OnTheList
from salur.core.people.nik import Nik
from tests.fixtures.files import HEADER
from tests.fixtures.office import Recipient

FACTS = [
    "--programme",
    "PKH",
    "--period",
    "2026-T1",
    "--decree",
    "SK 460/1",
    "--issued",
    "2026-01-12",
    "--issuer",
    "Dinsos",
]


def test_a_list_goes_from_the_file_to_the_resident(run, write_list, services):
    mother = Recipient(name="SITI MAESAROH")
    file = write_list("pkh.xlsx", mother)
    imported = json.loads(run("lists", "import", file, *FACTS, "--json"))
    assert (imported["people"], imported["faults"], imported["refused"]) == (1, 0, 0)
    asked = (Nik.parse(mother.nik), "Siti Maesaroh")
    assert services.lookup.ask(*asked, asker=Asker.chat(1)) == NotOnTheList()
    assert "is in force: 1 people" in run("lists", "publish", imported["list"], "--yes")
    answer = services.lookup.ask(*asked, asker=Asker.chat(1))
    assert isinstance(answer, OnTheList)
    assert (answer.present[0].amount, answer.present[0].kelurahan) == (600_000, "Tegal Gundil")
    assert answer.present[0].decree == "SK 460/1"


def test_the_same_file_twice_is_refused(run, write_list):
    file = write_list("pkh.xlsx", Recipient())
    run("lists", "import", file, *FACTS)
    assert "imported before, as list 1" in run("lists", "import", file, *FACTS, exits=1)


def test_a_program_is_told_of_a_refusal_in_json(run, write_list):
    file = write_list("pkh.xlsx", Recipient())
    run("lists", "import", file, *FACTS)
    told = run("lists", "import", file, *FACTS, "--json", exits=1)
    assert json.loads(told.splitlines()[0]) == {"refused": "already_imported"}


def test_a_period_that_is_none_is_wrong_usage(run, write_list):
    words = ["2026-T9" if word == "2026-T1" else word for word in FACTS]
    assert "2026-T1" in run("lists", "import", write_list("pkh.xlsx", Recipient()), *words, exits=2)


def test_a_check_writes_nothing_and_shows_no_cell(run, write_sheet, services):
    person = Recipient(name="QOMARIYATUN")
    rows = [
        HEADER,
        (1, person.nik[:15], "", person.name, "Gang Rahasia", "001", "002", "PABATON", "BOGOR TENGAH", "x", ""),
    ]
    told = run("lists", "check", write_sheet("a.xlsx", rows))
    assert "The NIK has not 16 digits." in told
    assert "column B: nik" in told
    for secret in ("QOMARIYATUN", person.nik[:15], "Rahasia"):
        assert secret not in told
    assert services.lists.all() == ()


def test_a_check_for_programs_is_json(run, write_list):
    value = json.loads(run("lists", "check", write_list("a.xlsx", Recipient()), "--json"))
    assert (value["people"], value["faults"], value["refused"]) == (1, [], [])


def test_a_column_can_be_named_by_hand(run, write_sheet):
    person = Recipient()
    rows = [("A1", "B1", "C1"), ("x", person.nik, person.name), ("y", Recipient().nik, "RUKMINI")]
    value = json.loads(
        run("lists", "check", write_sheet("a.xlsx", rows), "--column", "NIK=B", "--column", "NAMA=C", "--json")
    )
    assert value["people"] == 2


def test_faulty_rows_go_back_with_reasons_and_no_formula_runs(run, write_sheet, tmp_path):
    good, bad = Recipient(), Recipient()
    rows = [
        HEADER,
        (1, good.nik, good.kk, good.name, "Jl. A", "001", "002", "TEGAL GUNDIL", "BOGOR UTARA", 300000, ""),
        (2, bad.nik[:15], bad.kk, "RUKMINI", "=1+1", "1", "2", "TEGAL GUNDIL", "BOGOR UTARA", 300000, ""),
        (3, bad.nik, bad.kk, "+628123", "@SUM(1)", "1", "2", "NOWHERE", "BOGOR UTARA", 300000, ""),
    ]  # fmt: skip
    listed = json.loads(run("lists", "import", write_sheet("a.xlsx", rows), *FACTS, "--json"))["list"]
    out = tmp_path / "faults.xlsx"
    assert "rows written" in run("lists", "faults", listed, "--out", out)
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    back = CalamineWorkbook.from_path(str(out)).get_sheet_by_index(0).to_python()
    assert list(HEADER) == [cell for cell in back[0] if cell in HEADER]
    told = [row for row in back if "NIK tidak 16 angka." in str(row[-1])]
    assert len(told) == 1
    assert bad.nik[:15] in told[0]
    import zipfile

    with zipfile.ZipFile(out) as archive:
        sheets = b"".join(archive.read(name) for name in archive.namelist() if "worksheets" in name)
    assert b"<f>" not in sheets


def test_a_wrong_list_is_withdrawn_and_the_old_one_comes_back(run, write_list):
    run("lists", "import", write_list("old.xlsx", Recipient()), *FACTS)
    run("lists", "publish", 1, "--yes")
    run("lists", "import", write_list("new.xlsx", Recipient()), *FACTS)
    assert "1 new, 1 dropped out" in run("lists", "publish", 2, "--ya")
    assert "lists restore 1" in run("lists", "withdraw", 2, "--why", "wrong file")
    assert "published" in run("lists", "restore", 1)
    shown = run("lists", "show")
    assert "withdrawn" in shown
    assert "published" in shown


@pytest.mark.parametrize(
    ("words", "exits"),
    [
        (["lists", "publish", "9"], 1),
        (["lists", "publish", "x"], 2),
        (["lists", "import", "nothing.xlsx"], 2),
        (["lists", "nonsense"], 2),
        (["lists", "check", "nothing.xlsx"], 2),
        (["--help"], 0),
        (["lists", "show"], 0),
    ],
)
def test_exit_codes_mean_something(run, words, exits):
    run(*words, exits=exits)


def test_a_file_that_cannot_be_read_is_one_clear_sentence(run, tmp_path):
    file = tmp_path / "a.xlsx"
    file.write_bytes(b"PK\x03\x04 not really")
    told = run("lists", "check", file, exits=1)
    assert told.count("\n") == 1
    assert "Traceback" not in told


def test_a_workbook_that_cannot_be_written_is_refused_in_a_sentence(run, write_list, tmp_path):
    run("lists", "import", write_list("pkh.xlsx", Recipient(name="SITI", nik="123")), *FACTS)
    said = run("lists", "faults", 1, "--out", tmp_path / "nowhere" / "faults.xlsx", exits=1)
    assert "No such file" in said


def test_the_workbook_of_faults_is_its_owners_alone_even_where_another_stood(run, write_list, tmp_path):
    run("lists", "import", write_list("pkh.xlsx", Recipient(name="SITI", nik="123")), *FACTS)
    out = tmp_path / "faults.xlsx"
    out.touch(mode=0o644)
    run("lists", "faults", 1, "--out", out)
    assert stat.S_IMODE(out.stat().st_mode) == 0o600


def test_a_list_number_that_no_database_has_is_wrong_usage(run):
    run("lists", "show", 10**25, exits=2)


def test_an_address_that_is_no_databases_is_refused_without_showing_it(run, monkeypatch):
    for url in ("nonsense", "mysql://dinsos:rahasia@127.0.0.1/salur"):
        monkeypatch.setenv("SALUR_DATABASE_URL", url)
        said = run("lists", "show", exits=1)
        assert "SALUR_DATABASE_URL" in said
        assert "rahasia" not in said


def test_check_and_import_say_what_became_of_every_row(run, write_sheet):
    mother = Recipient(name="SITI MAESAROH")
    row = ("1", mother.nik, mother.kk, mother.name, mother.address, "001", "002", "TEGAL GUNDIL", "BOGOR UTARA", 600000)
    nameless = ("2", "", "", "UJANG", *row[4:])
    file = write_sheet("pkh.xlsx", [["DAFTAR KPM"], HEADER, row, nameless, ["JUMLAH", 2], HEADER, ["RT 002"]])
    expected = "5 filled rows = 1 taken + 1 refused + 3 left out."
    said = run("lists", "check", file)
    assert expected in said
    assert "left out, total: row 5" in said
    assert "row 6" in said
    checked = json.loads(run("lists", "check", file, "--json"))["rows"]
    assert checked["left_out"] == [[5, "total"], [6, "repeated_header"], [7, "title"]]
    assert expected in run("lists", "import", file, *FACTS)


def test_a_column_in_doubt_is_a_question_and_nothing_is_imported(run, write_sheet):
    mother = Recipient()
    rows = [["NIK", "NAMA", "NIK", "NAMA"], [mother.nik, "ANI", "3271041201800001", "IDA"]]
    said = run("lists", "import", write_sheet("a.xlsx", rows), *FACTS, exits=1)
    assert "Columns A, C are all called nik" in said
    assert "--column nik=…" in said


def test_a_list_that_the_disk_has_no_room_for_is_refused(run, write_list, services, settings, monkeypatch):
    file = write_list("pkh.xlsx", Recipient())
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=1_000_000))
    on_sqlite = "sqlite" in settings.database_url  # a server of PostgreSQL looks after its own
    told = run("lists", "import", file, *FACTS, exits=int(on_sqlite))
    assert ("The disk is nearly full" in told, len(services.lists.all())) == (on_sqlite, 1 - on_sqlite)

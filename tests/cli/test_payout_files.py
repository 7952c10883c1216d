"""What an operator does with a report of payments and with a schedule, command by command."""

from __future__ import annotations

import json

import pytest

from salur.core.limits.asker import Asker
from salur.core.people.nik import Nik
from tests.fixtures.office import TEGAL_GUNDIL, Announced, Recipient

ROUND = ["--programme", "pkh", "--period", "2026-t1"]
RESULTS = ("NIK", "NAMA", "NOMINAL", "STATUS BAYAR", "TGL BAYAR", "LOKASI BAYAR")
SCHEDULE = ("PROGRAM", "PERIODE", "KELURAHAN", "KECAMATAN", "TANGGAL", "JAM", "TEMPAT", "ALAMAT TEMPAT", "BATAS AMBIL")
SITTING = ("PKH", "2026-T1", "TEGAL GUNDIL", "BOGOR UTARA", "{day}", "08.00-11.00", "SDN 1", "Jl. A", "31/03/2026")


@pytest.fixture
def ask(services):
    """How the payment of someone stands, as they read it."""

    def asked(person):
        answer = services.lookup.ask(Nik.parse(person.nik), person.name, asker=Asker.chat(1))
        return answer.present[0].payment.state

    return asked


def paid(person, status="TERBAYAR", day="12/02/2026"):
    """A row of a report."""
    return (person.nik, person.name, 600_000, status, day, "Kantor Pos Bogor")


def test_a_report_goes_from_the_file_to_the_resident_and_back(run, write_sheet, office, ask):
    mother, late, stopped = (Recipient(name=name) for name in ("SITI MAESAROH", "UJANG SURYANA", "NENENG KARTINI"))
    office.publishes(mother, late, stopped)
    rows = [paid(mother), paid(late, "RETUR"), paid(stopped, "GAGAL BAYAR"), paid(Recipient()), paid(mother)]
    file = write_sheet("hasil.xlsx", [RESULTS, *rows])
    told = run("payments", "check", file, *ROUND)
    assert "Rows in the file: 5 = 1 paid + 1 returned + 1 failed + 1 refused + 1 left out." in told
    assert "1 × On no list of this programme and period. Row 5." in told
    for secret in (mother.nik, "SITI", "Kantor Pos"):
        assert secret not in told
    assert run("payments", "show") == "There are no such files yet.\n"
    assert "payments publish 1" in run("payments", "import", file, *ROUND)
    assert ask(mother) == "due"
    assert "in force: 1 paid, 1 returned, 1 failed" in run("payments", "publish", 1)
    assert [ask(person) for person in (mother, late, stopped)] == ["paid", "returned", "failed"]
    assert "imported before, as number 1 (published)" in run("payments", "import", file, *ROUND, exits=1)
    assert "is undone" in run("payments", "undo", 1)
    assert ask(mother) == "due"
    run("payments", "import", file, *ROUND)
    assert "put away" in run("payments", "undo", 2)
    assert "undone already" in run("payments", "undo", 2, exits=1)


def test_a_report_of_many_rows_is_told_in_few_lines(run, write_sheet, office):
    mother = Recipient()
    office.publishes(mother)
    strangers = [paid(Recipient()) for _ in range(40)]
    told = run("payments", "check", write_sheet("hasil.xlsx", [RESULTS, paid(mother), *strangers]), *ROUND)
    assert told.count("\n") == 3
    assert "40 ×" in told
    assert "and 30 more (all with --json)" in told
    value = json.loads(
        run("payments", "check", write_sheet("b.xlsx", [RESULTS, *strangers]), *ROUND, "--json", exits=1)
    )
    assert (value["rows"], value["used"], len(value["not_used"])) == (40, 0, 40)


def test_an_indonesian_terminal_is_told_everything_in_indonesian(run, write_sheet, office, monkeypatch):
    monkeypatch.setenv("LC_ALL", "id_ID.UTF-8")
    mother = Recipient()
    office.publishes(mother)
    odd = ("123", *paid(Recipient())[1:])
    file = write_sheet("hasil.xlsx", [RESULTS, paid(mother), odd, paid(Recipient()), ("", "JUMLAH", 1_800_000)])
    told = run("payments", "check", file, *ROUND)
    assert "Baris berisi 4 = 1 dibayar + 2 ditolak + 1 tidak dipakai." in told
    assert "1 × NIK tidak 16 angka. Baris 3." in told
    assert "1 × Tidak ada di daftar mana pun untuk program dan periode ini. Baris 4." in told
    assert "1 × tidak dipakai, jumlah: baris 5" in told
    assert "Untuk menerbitkan: payments publish 1" in run("payments", "import", file, *ROUND)
    assert "Laporan pembayaran 1 berlaku: 1 dibayar." in run("payments", "publish", 1)
    assert "WIB" in run("payments", "show", 1)
    assert "not_16_digits" in run("payments", "check", file, *ROUND, "--json")
    assert "Laporan pembayaran 1 dibatalkan." in run("payments", "undo", 1)


def test_what_is_wrong_with_a_row_that_is_used_is_told_too(run, write_sheet):
    header, row = (*SCHEDULE, "KOORDINAT"), (*(cell.format(day="24/02/2026") for cell in SITTING), "di sana")
    told = run("schedule", "check", write_sheet("a.xlsx", [header, row]), "--bahasa", "id")
    assert "Baris berisi 1 = 1 baru + 0 ditolak + 0 tidak dipakai." in told
    assert "Dipakai, tetapi ada yang salah:\n     1 × Titik petanya tidak dapat dibaca. Baris 2." in told


def test_where_nothing_fits_nothing_is_written_and_the_exit_code_says_so(run, write_sheet, office, services):
    office.publishes(Recipient())
    file = write_sheet("hasil.xlsx", [RESULTS, paid(Recipient()), paid(Recipient(), day="24/02/2027")])
    for command in ("check", "import"):
        assert "No row can be used; nothing was written." in run("payments", command, file, *ROUND, exits=1)
    value = json.loads(run("payments", "import", file, *ROUND, "--json", exits=1))
    assert (value["refused"], value["rows"]) == ("nothing_fits", 2)
    assert services.payments.all() == ()


def test_a_file_of_another_kind_is_refused_in_a_sentence(run, write_sheet, write_list, office):
    mother = Recipient()
    office.publishes(mother)
    results, listed = write_sheet("hasil.xlsx", [RESULTS, paid(mother)]), write_list("pkh.xlsx", mother)
    for words in (
        ["payments", "check", listed, *ROUND],
        ["payments", "import", listed, *ROUND],
        ["schedule", "import", results],
        ["schedule", "check", listed],
        ["lists", "check", results],
    ):
        told = run(*words, exits=1)
        assert told.count("\n") == 1
        assert "Traceback" not in told


def test_a_schedule_goes_from_the_file_to_the_resident_and_back(run, write_sheet, services):
    def file(name, day):
        return write_sheet(name, [SCHEDULE, [cell.format(day=day) for cell in SITTING]])

    def stands():
        return [one.sitting.starts.day for one in services.timetable.schedule(TEGAL_GUNDIL).upcoming]

    first, second = file("a.xlsx", "24/02/2026"), file("b.xlsx", "25/02/2026")
    assert "Rows in the file: 1 = 1 new + 0 refused + 0 left out." in run("schedule", "check", first)
    run("schedule", "import", first)
    assert stands() == []
    run("schedule", "publish", 1)
    assert stands() == [24]
    run("schedule", "import", second)
    assert "1 changed" in run("schedule", "publish", 2)
    assert stands() == [25]
    assert "builds on it. Undo that first." in run("schedule", "undo", 1, exits=1)
    run("schedule", "undo", 2)
    assert stands() == [24]
    assert [file["state"] for file in json.loads(run("schedule", "show", "--json"))] == ["undone", "published"]


def test_a_slip_in_a_schedule_is_asked_and_taken_with_a_yes(run, write_sheet, services):
    file = write_sheet("a.xlsx", [SCHEDULE, [cell.format(day="24/02/2025") for cell in SITTING]])
    told = run("schedule", "check", file)
    assert "is the year right? Row 2." in told
    assert "say --ya" in run("schedule", "import", file, exits=1)
    value = json.loads(run("schedule", "import", file, "--json", exits=1))
    assert (value["refused"], value["questions"]) == (
        "asked",
        [[2, "sitting_long_past", ""], [2, "deadline_far", ""]],
    )
    assert services.schedules.all() == ()
    run("schedule", "import", file, "--ya")
    run("schedule", "publish", 1)


def test_a_draft_whose_days_went_by_is_asked_about_at_publishing(run, office, services, clock):
    from salur.core.payouts.kinds import Announcement

    services.schedules.add(Announcement(sittings=(Announced(),)), bytes(32))
    clock.passes(days=90)
    assert "is the year right?" in run("schedule", "publish", 1, exits=1)
    run("schedule", "publish", 1, "--ya")


@pytest.mark.parametrize("group", ["payments", "schedule"])
@pytest.mark.parametrize(
    ("words", "exits"), [(["publish", 9], 1), (["undo", 9], 1), (["show", 9], 1), (["undo", "x"], 2), (["check"], 2)]
)
def test_exit_codes_mean_something(run, group, words, exits):
    run(group, *words, exits=exits)

"""An operator's day with reports of payments on the site: sent, compared, published, taken back; nothing is lost."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import python_calamine
from werkzeug.test import TestResponse

from salur.core.lists.kinds import State
from salur.core.officers.roles import Role
from salur.core.payouts.answers import FileState
from salur.core.payouts.kinds import By, Round
from tests.fixtures.office import Recipient, a_nik
from tests.fixtures.uploads import work_off
from tests.web.conftest import read_off, text_of
from tests.web.operators.test_list_desk import Operator, a_file

HOME = "/kantor/pembayaran"
PKH = "PKH 2026-T1"


@pytest.fixture
def operator(services, heads, signed_in) -> Operator:
    """An operator of Bogor who is signed in."""
    officer = heads.create(Role.DINSOS)
    return Operator(services, signed_in(officer), officer)


@pytest.fixture
def report(tmp_path: Path) -> Callable[..., Path]:
    """Write a report: NIK, name, status, day, amount of each row."""

    def write(*rows: tuple[str, str, str, str, int], name: str = "pos.csv") -> Path:
        path = tmp_path / name
        with path.open("w", newline="") as file:
            lines = csv.writer(file, delimiter=";")
            lines.writerow(["NIK", "NAMA", "STATUS BAYAR", "TANGGAL BAYAR", "NOMINAL"])
            lines.writerows(rows)
        return path

    return write


def sends(operator: Operator, *files: Path, round: str = PKH) -> TestResponse:
    """Send reports, have them read, and open the page of the last."""
    berkas = [a_file(file.name, file.read_bytes()) for file in files]
    sent = operator.posts(f"{HOME}/unggah", putaran=round, berkas=berkas)
    if sent.status_code == 422:
        return sent
    work_off(operator.services)
    return operator.opens(sent.request.path)


def paid(person: Recipient, amount: int = 600_000, status: str = "DIBAYAR") -> tuple[str, str, str, str, int]:
    """A row of a report."""
    return (person.nik or "", person.name, status, "15/01/2026", amount)


def test_a_report_goes_from_the_form_to_residents_and_back(services, office, operator, report, visitor):
    mother, other = Recipient(name="MARYATI KUSUMA"), Recipient(name="EUIS KARTINI")
    office.publishes(mother, other, Recipient(state=State.TAKEN_OFF))
    stranger = (a_nik(), "ORANG LAIN", "DIBAYAR", "15/01/2026", 600_000)
    page = sends(operator, report(paid(mother), paid(other, 500_000), stranger))
    assert page.request.path == f"{HOME}/1"
    told = text_of(page)
    assert "Baris di berkas: 3 = 1 dipakai + 2 tidak dipakai." in told
    assert "Nilai di berkas: Rp1.700.000 = Rp600.000 dipakai + Rp1.100.000 tidak dipakai." in told
    assert "Nilainya lain dari nilai di daftar." in told
    assert "15 Januari" not in text_of(visitor.asks(mother.nik, mother.name))
    operator.posts(f"{HOME}/1/terbitkan")
    assert "15 Januari" in text_of(visitor.asks(mother.nik, mother.name))
    home = text_of(operator.opens(HOME))
    assert "Daftar: 2 orang, Rp1.200.000. Jumlah semua kelurahan sama." in home
    done = text_of(operator.posts(f"{HOME}/1/batalkan"))
    for step in ("Diimpor sebagai konsep", "Diterbitkan", "Dibatalkan", operator.officer.username):
        assert step in done
    assert "15 Januari" not in text_of(visitor.asks(mother.nik, mother.name))
    assert services.payments.show(1).state is FileState.UNDONE


def test_rows_of_no_use_come_back_whole_with_their_reasons(office, operator, report):
    mother = Recipient(name="MARYATI KUSUMA")
    office.publishes(mother)
    nik = a_nik()
    sends(operator, report(paid(mother), (nik, "ORANG LAIN", "DIBAYAR", "15/01/2026", 600_000)))
    sent = operator.posts(f"{HOME}/1/sisa.xlsx")
    rows = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(sent.data)).get_sheet_by_index(0).to_python()
    assert len(rows) == 2
    assert [nik, "ORANG LAIN"] == rows[1][1:3]
    assert "Tidak ada di daftar" in str(rows[1][-1])
    assert sent.headers["Cache-Control"] == "no-store"


def test_a_report_of_which_nothing_fits_writes_nothing_and_gives_its_rows_back(services, office, operator, report):
    office.publishes(Recipient())
    page = sends(operator, report((a_nik(), "ORANG LAIN", "DIBAYAR", "15/01/2026", 600_000)))
    assert "Tidak ada baris yang dapat dipakai" in text_of(page)
    assert services.payments.all() == ()
    sent = operator.posts(f"{page.request.path}/sisa.xlsx")
    assert sent.data[:2] == b"PK"
    operator.posts(f"{page.request.path}/buang")
    assert "pos.csv" not in operator.opens(HOME).text


def test_the_same_file_twice_changes_nothing_and_says_so(services, office, operator, report):
    mother = Recipient()
    office.publishes(mother)
    file = report(paid(mother))
    sends(operator, file)
    operator.posts(f"{HOME}/1/terbitkan")
    again = text_of(sends(operator, file))
    assert "sudah pernah masuk sebagai laporan 1 (berlaku). Tidak ada yang berubah." in again
    assert len(services.payments.all()) == 1


def test_without_a_round_or_a_file_the_form_comes_again(office, operator, report):
    mother = Recipient()
    office.publishes(mother)
    refused = sends(operator, report(paid(mother)), round="")
    assert refused.status_code == 422
    assert "Pilih dulu program dan periodenya." in text_of(refused)
    assert operator.posts(f"{HOME}/unggah", putaran=PKH).status_code == 422


def test_an_office_reports_only_for_its_own_people(services, office, heads, operator, report):
    mother = Recipient()
    office.publishes(mother)
    stranger = heads.create(Role.DINSOS, "76.04")
    sends(operator, report(paid(mother)))
    mine, theirs = By(operator.officer.account, "32.71"), By(stranger.account, "76.04")
    assert len(services.payments.all(mine)) == 1
    assert services.payments.all(theirs) == ()
    assert services.payments.totals(Round("PKH", "2026-T1"), mine).listed == 1
    assert services.payments.totals(Round("PKH", "2026-T1"), theirs).listed == 0


def test_a_draft_that_something_overtook_is_not_published(office, operator, report):
    mother, other = Recipient(), Recipient()
    office.publishes(mother, other)
    sends(operator, report(paid(mother)))
    sends(operator, report(paid(other), name="bank.csv"))
    operator.posts(f"{HOME}/1/terbitkan")
    refused = operator.posts(f"{HOME}/2/terbitkan")
    assert refused.status_code == 422
    assert "unggah lagi" in text_of(refused)
    assert re.search(r"laporan|Laporan", read_off(r"<h1>([^<]+)</h1>", refused.text))


def test_without_a_number_a_name_that_one_person_of_the_rt_has_is_enough_and_never_a_guess(office, operator, tmp_path):
    only, one, two = (Recipient(name=name) for name in ("MARYATI KUSUMA", "EUIS KARTINI", "EUIS KARTINI"))
    elsewhere = Recipient(name="DEDE SUPRIATNA", rw=9, rt=9)
    office.publishes(only, one, two, elsewhere)
    lines = ["NAMA;RT;RW;KELURAHAN;STATUS BAYAR;TANGGAL BAYAR"]
    asked = (only.name, only), (one.name, one), ("DEDE SUPRIATNA", only), ("MARIYATI KUSUMA", only)
    lines += [f"{name};{place.rt};{place.rw};TEGAL GUNDIL;DIBAYAR;15/01/2026" for name, place in asked]
    file = tmp_path / "nama.csv"
    file.write_text("\n".join(lines))
    told = text_of(sends(operator, file))
    assert "Baris di berkas: 4 = 1 dipakai + 3 tidak dipakai." in told
    for why in ("Ada beberapa orang dengan nama seperti ini", "tetapi tidak sama", "Tidak ada di daftar"):
        assert why in told


def test_a_name_in_the_same_rt_of_another_kelurahan_is_somebody_else(services, office, operator, tmp_path):
    mother = Recipient(name="MARYATI KUSUMA")
    office.publishes(mother)
    row = f"{mother.name};{mother.rt};{mother.rw};KEDUNG HALANG;DIBAYAR;15/01/2026"
    file = tmp_path / "nama.csv"
    file.write_text(f"NAMA;RT;RW;KELURAHAN;STATUS BAYAR;TANGGAL BAYAR\n{row}")
    assert "Tidak ada baris yang dapat dipakai" in text_of(sends(operator, file))
    assert services.payments.all() == ()


def test_a_name_without_its_kelurahan_is_a_question(services, office, operator, tmp_path):
    mother = Recipient(name="MARYATI KUSUMA")
    office.publishes(mother)
    file = tmp_path / "nama.csv"
    file.write_text(f"NAMA;RT;RW;STATUS BAYAR;TANGGAL BAYAR\n{mother.name};{mother.rt};{mother.rw};DIBAYAR;15/01/2026")
    told = text_of(sends(operator, file))
    assert "Tidak ada baris yang dapat dipakai" in told
    assert services.payments.all() == ()


def test_columns_of_a_report_are_corrected_on_the_page(services, office, operator, tmp_path):
    mother, other = Recipient(name="MARYATI KUSUMA"), Recipient(name="EUIS KARTINI")
    office.publishes(mother, other)
    file = tmp_path / "pos.csv"
    rows = [f"{one.nik};{one.name};DIBAYAR;15/01/2026;{amount}" for one, amount in ((mother, 600_000), (other, 1))]
    file.write_text("\n".join(["NIK;NAMA;STATUS BAYAR;TANGGAL BAYAR;NOMINAL", *rows]))
    page = sends(operator, file)
    assert "3 baris" not in text_of(page)
    assert "Baris di berkas: 2 = 1 dipakai + 1 tidak dipakai." in text_of(page)
    assert re.search(r'<option value="amount" selected', page.text)
    assert not re.search(r"\d{16}", text_of(page))
    address = read_off(r'action="(/kantor/pembayaran/berkas/\d+)/kolom"', page.text)
    again = operator.posts(f"{address}/kolom", **{"kolom-E": ""})
    assert again.request.path == address
    assert services.payments.show(1).state is FileState.UNDONE
    work_off(services)
    read = operator.opens(address)
    assert "Baris di berkas: 2 = 2 dipakai + 0 tidak dipakai." in text_of(read)
    number = services.payments.all()[0].id
    operator.posts(f"{HOME}/{number}/terbitkan")
    assert "Kolomnya keliru dibaca?" not in operator.opens(f"{HOME}/{number}").text
    assert operator.posts(f"{address}/kolom", **{"kolom-E": ""}).status_code == 422
    assert services.payments.show(number).state is FileState.PUBLISHED


def test_a_report_that_nobody_understands_shows_what_it_holds(services, office, operator, tmp_path):
    mother = Recipient(name="MARYATI KUSUMA")
    office.publishes(mother)
    file = tmp_path / "pos.csv"
    file.write_text(f"AAA;BBB;CCC;DDD\n{mother.nik};{mother.name};DIBAYAR;15/01/2026\n")
    page = sends(operator, file)
    assert "Tidak ada baris dengan nama kolom yang dikenal" in text_of(page)
    address = page.request.path
    chosen = {"kolom-A": "nik", "kolom-B": "name", "kolom-C": "status", "kolom-D": "date"}
    operator.posts(f"{address}/kolom", **chosen)
    work_off(services)
    assert "Baris di berkas: 1 = 1 dipakai + 0 tidak dipakai." in text_of(operator.opens(address))

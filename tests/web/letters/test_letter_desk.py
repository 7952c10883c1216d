"""The office's page of letters: chosen, counted, printed, fetched, withdrawn."""

from __future__ import annotations

import pytest

from salur.core.lists.kinds import State
from tests.fixtures.office import TEGAL_GUNDIL, Announced, Recipient
from tests.fixtures.uploads import work_off

ROUND = "PKH|2026-T1"


@pytest.fixture
def desk(enters):
    """A browser of the kelurahan."""
    return enters("kelurahan")


@pytest.fixture
def round_(office):
    """Three who collect, one who is suspended."""
    people = [Recipient(name=f"SITI {name}") for name in ("AMINAH", "MAESAROH", "ROHANI")]
    office.publishes(*people, Recipient(name="EUIS", state=State.SUSPENDED))
    office.announces(Announced())


def test_without_a_list_the_page_says_what_is_missing(desk):
    page = desk.opens("/kantor/surat").text
    assert "Belum ada daftar yang berlaku." in page
    assert "Belum ada surat yang dicetak." in page


def test_an_office_sees_how_many_and_why_not_all(round_, desk):
    page = desk.opens(f"/kantor/surat?lihat=1&putaran={ROUND}").text
    assert "4 orang di daftar: 3 surat, 1 tanpa surat." in page
    assert "ditangguhkan: 1" in page
    assert "Cetak 3 surat" in page


def test_from_asking_to_the_file(round_, desk, services):
    asked = desk.posts("/kantor/surat", putaran=ROUND, kertas="a5", bahasa="id")
    assert asked.status_code == 303
    waiting = desk.opens(asked.location).text
    assert "Menunggu giliran." in waiting
    assert 'http-equiv="refresh"' in waiting
    work_off(services)
    ready = desk.opens(asked.location).text
    assert "Unduh PDF" in ready
    assert 'http-equiv="refresh"' not in ready
    assert "Nomor 1 sampai 3." in ready
    file = desk.posts(f"{asked.location}/berkas-1.pdf")
    assert file.data.startswith(b"%PDF")
    assert file.headers["Cache-Control"] == "no-store"
    assert "Cetakan 1" in desk.opens("/kantor/surat").text


def test_another_office_fetches_nothing(round_, desk, services, enters):
    asked = desk.posts("/kantor/surat", putaran=ROUND)
    work_off(services)
    dinsos = enters("dinsos")
    assert "hanya bisa diunduh oleh yang mencetak" in dinsos.opens(asked.location).text
    assert dinsos.posts(f"{asked.location}/berkas-1.pdf").status_code == 404
    other = enters("kelurahan", "32.71.01.1001")
    assert other.opens(asked.location).status_code == 404


def test_letters_are_withdrawn_with_a_reason(round_, desk, services):
    asked = desk.posts("/kantor/surat", putaran=ROUND)
    work_off(services)
    assert desk.posts(f"{asked.location}/tarik", nomor="").status_code == 422
    assert desk.posts(f"{asked.location}/tarik", sebab="lost", nomor="99").status_code == 422
    one = desk.posts(f"{asked.location}/tarik", sebab="lost", nomor="3271/000002")
    assert "1 surat ditarik." in desk.opens(one.location).text
    every = desk.posts(f"{asked.location}/tarik", sebab="wrong_day")
    page = desk.opens(every.location).text
    assert "Hari atau tempatnya salah" in page
    assert "Unduh PDF" not in page


def test_what_cannot_be_printed_is_said_beside_the_form(round_, desk, enters, services):
    assert "Pilih dulu program dan periodenya." in desk.posts("/kantor/surat").text
    dinsos = enters("dinsos")
    assert "Pilih dulu kelurahannya." in dinsos.opens(f"/kantor/surat?lihat=1&putaran={ROUND}").text
    desk.posts("/kantor/surat", putaran=ROUND)
    assert "sedang dibuat" in desk.posts("/kantor/surat", putaran=ROUND).text
    desk.posts("/kantor/surat", putaran=ROUND, rw="77")
    work_off(services)
    assert "Tidak ada yang perlu diberi surat di sana." in desk.opens("/kantor/surat/2").text


def test_dinas_sosial_chooses_a_kelurahan(round_, enters):
    dinsos = enters("dinsos")
    page = dinsos.opens(f"/kantor/surat?lihat=1&putaran={ROUND}&kelurahan={TEGAL_GUNDIL}&rw=5&rt=3").text
    assert "Cetak 3 surat" in page


def test_one_sitting_says_itself_what_is_paid(round_, desk, services, heads):
    (one,) = services.planning.board(heads.create("kelurahan"))
    page = desk.opens(f"/kantor/surat?lihat=1&sidang={one.areas[0].sitting}").text
    assert "Cetak 3 surat" in page


def test_a_head_has_no_such_page(round_, enters):
    assert enters("rw").opens("/kantor/surat").status_code == 403


@pytest.mark.parametrize("query", ["rw=abc&rt=-1", "sidang=99999999999999", "kertas=a3&bahasa=xx", "hal=0"])
def test_whatever_stands_in_the_address_the_page_opens(round_, desk, query):
    assert desk.opens(f"/kantor/surat?lihat=1&putaran={ROUND}&{query}").status_code in (200, 422)

"""A resident asks: the same story at the site and in Telegram."""

from __future__ import annotations

import datetime as dt

import pytest

from salur import words
from salur.core.answers import NotOnTheList
from tests.fixtures.office import Announced, Office, Recipient, Reported, a_kk, a_nik
from tests.journeys.doors import Resident

LISTED = "Nama ini terdaftar sebagai penerima bantuan."
NOT_FOUND = "Nomor dan nama itu tidak kami temukan bersama-sama di daftar."
CLOSED = "Sudah terlalu sering dicoba. Demi keamanan, nomor ini ditutup sampai"
NIK, UNKNOWN_NIK = a_nik(), a_nik()
NAME = "Siti Maesaroh"


def test_a_listed_person_learns_when_where_and_how_much(resident: Resident, office: Office) -> None:
    office.publishes(Recipient(nik=NIK))
    office.announces(Announced())
    answer = resident.asks(NIK, NAME)
    for fact in (
        LISTED,
        "24 Februari 2026",
        "pukul 08.00–11.00 WIB",
        "Kantor Kelurahan Tegal Gundil",
        "Rp600.000",
        "surat pemberitahuan",
        "KTP asli",
        "KK asli",
        "Tidak ada potongan.",
        "SK Dinsos 460/12/2026",
    ):
        assert fact in answer


def test_a_wrong_name_looks_like_an_unknown_nik(resident: Resident, office: Office) -> None:
    office.publishes(Recipient(nik=NIK))
    wrong = resident.asks(NIK, "Budi Setiawan")
    assert NOT_FOUND in wrong
    assert wrong == resident.asks(UNKNOWN_NIK, "Budi Setiawan")


def test_after_three_misses_the_number_is_closed_to_this_asker_only(resident: Resident, office: Office) -> None:
    office.publishes(Recipient(nik=NIK))
    for name in ("Budi", "Joko", "Agus"):
        assert NOT_FOUND in resident.asks(NIK, name)
    assert CLOSED in resident.asks(NIK, NAME)
    assert LISTED in resident.another().asks(NIK, NAME)


def test_what_ten_misses_closed_at_one_door_is_closed_at_the_other(
    two_doors: tuple[Resident, Resident], office: Office
) -> None:
    office.publishes(Recipient(nik=NIK, letter_code="PBP0040"))
    here, there = two_doors
    for _ in range(5):
        guesser = here.another()
        for name in ("Budi", "Joko"):
            assert NOT_FOUND in guesser.asks(NIK, name)
    closed = there.asks(NIK, NAME)
    assert CLOSED in closed
    assert "Kode di surat pemberitahuan masih bisa dipakai." in closed
    # The letter is the way in that a harasser does not have, and it opens the number again.
    assert LISTED in there.asks("PBP0040", NAME)
    assert LISTED in there.asks(NIK, NAME)


@pytest.mark.parametrize("code", ["PBP0040", "pbp-0040", "PBP 0040"])
def test_the_code_of_a_letter_opens_the_answer(code: str, resident: Resident, office: Office) -> None:
    office.publishes(Recipient(nik=None, kk=None, letter_code="PBP0040"))
    assert LISTED in resident.asks(code, NAME)


def test_a_kk_number_covers_the_family(resident: Resident, office: Office) -> None:
    kk = a_kk()
    office.publishes(
        Recipient(name="SITI MAESAROH", kk=kk, head_name="ASEP SAEPUDIN"),
        Recipient(name="RINA WATI", kk=kk, head_name="ASEP SAEPUDIN", amount=900_000),
    )
    for name in (NAME, "Rina Wati", "Asep Saepudin"):
        answer = resident.asks(kk, name)
        for fact in (LISTED, "S. M.", "R. W.", "Rp600.000", "Rp900.000"):
            assert fact in answer
        assert "WATI" not in answer.upper()


def test_who_was_taken_off_is_told_why(resident: Resident, office: Office) -> None:
    office.publishes(Recipient(nik=NIK), period="2025-T4")
    office.publishes(Recipient(nik=NIK, state="taken_off", reason="moved"), Recipient(name="DEDE"))
    answer = resident.asks(NIK, NAME)
    assert "Nama ini pernah terdaftar. Di daftar terbaru nama ini tidak ada lagi." in answer
    assert "Alasan dari kantor: tercatat sudah pindah alamat." in answer


def test_who_is_no_longer_listed_is_told_until_when_he_was(resident: Resident, office: Office) -> None:
    office.publishes(Recipient(nik=NIK), period="2025-T4")
    office.publishes(Recipient(name="DEDE"), period="2026-T1")
    answer = resident.asks(NIK, NAME)
    assert "Nama ini pernah terdaftar." in answer
    assert "Sampai Tahap 4 tahun 2025 Anda terdaftar." in answer


def test_a_moved_sitting_is_said_to_have_moved(resident: Resident, office: Office) -> None:
    office.publishes(Recipient(nik=NIK))
    office.announces(Announced())
    office.announces(Announced(date=dt.date(2026, 2, 25)))
    answer = resident.asks(NIK, NAME)
    assert "Jadwal berubah. Semula Selasa, 24 Februari. Sekarang Rabu, 25 Februari." in answer


def test_what_was_paid_is_said_with_day_and_place(resident: Resident, office: Office) -> None:
    office.publishes(Recipient(nik=NIK))
    office.hears(Reported(nik=NIK))
    assert "Sudah dibayarkan pada 12 Februari 2026 di Kantor Pos Bogor." in resident.asks(NIK, NAME)


@pytest.mark.parametrize(
    ("number", "words_said"),
    [
        (NIK[:-1], "NIK dan nomor KK punya 16 angka. Yang Anda ketik baru 15."),
        (NIK[:-4] + "0000", "Empat angka terakhir tidak mungkin 0000."),
        ("99" + NIK[2:], "Dua angka pertama bukan kode provinsi."),
    ],
)
def test_a_slip_of_the_finger_gets_the_same_words_and_costs_no_try(
    number: str, words_said: str, resident: Resident, office: Office
) -> None:
    office.publishes(Recipient(nik=NIK))
    for _ in range(4):
        assert words_said in resident.asks(number, NAME)
    assert LISTED in resident.asks(NIK, NAME)


def test_both_doors_begin_with_the_verdict(resident: Resident, office: Office) -> None:
    office.publishes(Recipient(nik=NIK))
    say = words.language("id")
    verdict = "".join(piece for piece, _ in words.parts(words.verdict(NotOnTheList(), say)))
    answer = resident.asks(UNKNOWN_NIK, NAME)
    assert answer.startswith(verdict)
    for heading, how in words.ways_on(say):
        assert f"{heading}. {how}" in answer


def test_a_missed_day_says_how_long_it_can_be_fetched_and_what_to_bring(resident: Resident, office: Office) -> None:
    office.publishes(Recipient(nik=NIK))
    office.announces(Announced(date=dt.date(2026, 2, 17)))
    answer = resident.asks(NIK, NAME)
    assert "sudah lewat." in answer
    assert "Bisa di kantor pos, paling lambat Selasa, 31 Maret 2026, pada jam kerja." in answer
    assert "surat pemberitahuan" in answer
    assert "KK asli" in answer


def test_no_date_is_promised_for_a_period_that_is_over(resident: Resident, office: Office) -> None:
    office.publishes(Recipient(nik=NIK), period="2025-T4")
    office.publishes(Recipient(nik=NIK, state="suspended", reason="account_problem"))
    answer = resident.asks(NIK, NAME)
    assert "Tahap 4 tahun 2025" in answer
    assert "Di Salur tidak tercatat apakah bantuan ini sudah dibayarkan." in answer
    assert "belum ditetapkan" not in answer


@pytest.mark.parametrize("state", ["suspended", "taken_off"])
def test_where_nothing_is_paid_nothing_sounds_as_if_it_were(state: str, resident: Resident, office: Office) -> None:
    office.publishes(Recipient(nik=NIK, state=state, reason="moved"))
    answer = resident.asks(NIK, NAME)
    assert "Semua urusan bantuan gratis. Ada yang minta uang? Laporkan." in answer
    assert "Bantuan diterima utuh." not in answer


def test_who_is_visited_at_home_gets_the_papers_ready_and_carries_them_nowhere(
    resident: Resident, office: Office
) -> None:
    office.publishes(Recipient(nik=NIK, care=True))
    office.announces(Announced(kind="home", place="Rumah penerima", address=None, latitude=None, longitude=None))
    answer = resident.asks(NIK, NAME)
    assert "Petugas datang ke rumah" in answer
    assert "Siapkan" in answer
    assert "Bawa KTP" not in answer

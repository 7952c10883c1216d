"""A resident asks: the same story at the site and in Telegram."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from salur.core.lookup.answers import NotOnTheList
from salur.wiring import Services
from salur.words.language import language, parts
from salur.words.lookup.answer import verdict as verdict_words
from salur.words.lookup.answer import ways_on
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


def test_a_nik_with_a_date_that_cannot_be_is_asked_once_and_then_taken(resident: Resident, office: Office) -> None:
    given_out, slip = NIK[:6] + "7205" + NIK[10:], NIK[:6] + "7305" + NIK[10:]
    office.publishes(Recipient(nik=given_out))
    asked = resident.asks(given_out, NAME)
    assert "Memang begitu di KTP? Kirim lagi nomor yang sama." in asked
    assert "seharusnya sebuah tanggal" in resident.insists(slip, NAME), "another number is another slip"
    assert "seharusnya sebuah tanggal" in resident.insists(given_out, NAME)
    assert LISTED in resident.insists(given_out[:6] + " " + given_out[6:], NAME)


def test_after_three_misses_the_number_is_closed_to_this_asker_only(resident: Resident, office: Office) -> None:
    office.publishes(Recipient(nik=NIK))
    for name in ("Budi", "Joko", "Agus"):
        assert NOT_FOUND in resident.asks(NIK, name)
    assert CLOSED in resident.asks(NIK, NAME)
    assert LISTED in resident.another().asks(NIK, NAME)


def _without_hour(text: str) -> str:
    return re.sub(r"pukul \d\d\.\d\d", "pukul …", text)


def test_the_second_miss_says_that_one_try_is_left_and_the_third_that_it_is_closed(
    resident: Resident, office: Office
) -> None:
    office.publishes(Recipient(nik=NIK, letter_code="PBP0040"))
    known, unknown = resident.another(), resident.another()
    told = []
    for name in ("Budi", "Joko", "Agus"):
        told.append(_without_hour(known.asks(NIK, name)))
        assert told[-1] == _without_hour(unknown.asks(UNKNOWN_NIK, name)), "known or not is not told"
    assert "Setelah tiga kali salah" in told[0]
    assert "satu kali lagi" not in told[0]
    assert "Masih bisa dicoba satu kali lagi. Kalau salah lagi, ditutup satu hari." in told[1]
    assert "nomor ini sekarang ditutup sampai besok pukul …. Kode di surat pemberitahuan masih bisa" in told[2]
    assert all(NOT_FOUND in said for said in told)
    assert CLOSED in known.asks(NIK, NAME)
    assert LISTED in known.asks("PBP0040", NAME)


def test_a_letter_code_that_is_closed_sends_nobody_to_the_letter(resident: Resident, office: Office) -> None:
    office.publishes(Recipient(nik=NIK, letter_code="PBP0040"))
    closed = [resident.asks("PBP0040", name) for name in ("Budi", "Joko", "Agus")][-1]
    assert "kode ini sekarang ditutup sampai besok" in closed
    assert "Kode di surat" not in closed
    assert LISTED in resident.asks(NIK, NAME)


def test_the_miss_that_others_made_the_last_one_says_so(resident: Resident, office: Office) -> None:
    office.publishes(Recipient(nik=NIK))
    for _ in range(4):
        guesser = resident.another()
        for name in ("Budi", "Joko"):
            guesser.asks(NIK, name)
    assert "satu kali lagi" in resident.asks(NIK, "Budi")
    assert "nomor ini sekarang ditutup sampai besok" in resident.asks(NIK, "Joko")


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


def test_two_programmes_are_said_to_be_two_in_the_first_line(resident: Resident, office: Office) -> None:
    office.publishes(Recipient(nik=NIK), programme="PKH")
    office.publishes(Recipient(nik=NIK), programme="SEMBAKO")
    assert resident.asks(NIK, NAME).startswith(f"{LISTED} Ada 2 bantuan.")


def test_aid_that_is_suspended_is_not_counted(resident: Resident, office: Office) -> None:
    office.publishes(Recipient(nik=NIK), programme="PKH")
    office.publishes(Recipient(nik=NIK, state="suspended", reason="account_problem"), programme="SEMBAKO")
    answer = resident.asks(NIK, NAME)
    assert LISTED in answer
    assert "Ada 2 bantuan" not in answer


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


def test_a_nik_that_the_new_list_lost_takes_nobody_off(resident: Resident, office: Office) -> None:
    kk = a_kk()
    office.publishes(Recipient(nik=NIK, kk=kk), period="2025-T4")
    office.publishes(Recipient(nik=None, kk=kk, amount=750_000), Recipient(name="DEDE"))
    office.announces(Announced())
    for number in (NIK, kk):
        answer = resident.another().asks(number, NAME)
        assert LISTED in answer
        assert "Rp750.000" in answer
        assert "24 Februari 2026" in answer
        assert "tidak ada lagi" not in answer


def test_a_kk_number_that_the_new_list_lost_takes_nobody_off(resident: Resident, office: Office) -> None:
    kk = a_kk()
    office.publishes(Recipient(nik=NIK, kk=kk), period="2025-T4")
    office.publishes(Recipient(nik=NIK, kk=None), Recipient(name="DEDE"))
    for number in (NIK, kk):
        answer = resident.asks(number, NAME)
        assert LISTED in answer
        assert "tidak ada lagi" not in answer


def test_a_row_that_may_be_his_is_told_with_the_way_to_mend_it_and_without_what_it_says(
    resident: Resident, office: Office
) -> None:
    office.publishes(Recipient(nik=NIK), period="2025-T4")
    office.publishes(Recipient(nik=None, amount=777_000))
    office.announces(Announced())
    answer = resident.asks(NIK, NAME)
    for sentence in (
        "Nama ini pernah terdaftar. Di daftar terbaru belum pasti.",
        "Sampai Tahap 4 tahun 2025 Anda terdaftar.",
        "Di daftar Tahap 1 tahun 2026 ada baris yang mungkin milik Anda,",
        "tetapi NIK, KK, atau namanya tidak terbaca atau tidak cocok.",
        "Datang ke kelurahan dengan KTP dan KK, supaya datanya diperiksa dan dibetulkan.",
        "Coba juga dengan NIK, atau dengan kode di surat pemberitahuan yang terbaru.",
        "Semua urusan bantuan gratis.",
    ):
        assert sentence in answer
    for claim in ("tidak ada lagi", "777.000", "24 Februari", "Bawa"):
        assert claim not in answer


def test_where_no_list_is_in_force_nobody_is_said_to_be_missing_from_it(
    resident: Resident, office: Office, services: Services
) -> None:
    office.publishes(Recipient(nik=NIK), period="2025-T4")
    services.lists.withdraw(office.publishes(Recipient(name="DEDE")), "wrong file")
    answer = resident.asks(NIK, NAME)
    assert "Nama ini pernah terdaftar. Daftar terbaru belum ada di Salur." in answer
    assert "tidak ada lagi" not in answer


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
        ("0812-3456-7890", "Ini seperti nomor telepon. Salur tidak memerlukannya."),
        ("+62 812 3456 7890", "Ini seperti nomor telepon."),
        ("WA: 62 812 3456 7890", "Ini seperti nomor telepon."),
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


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("RT 03 RW 05", "Ini RT, RW, atau alamat. Ketik namanya saja, seperti di KTP."),
        ("24 Februari 1980", "Ini tanggal, bukan nama."),
        ("Jl. Roda No. 5", "Ini RT, RW, atau alamat."),
        ("0812 3456 7890", "Ini nomor, bukan nama."),
    ],
)
def test_what_is_no_name_is_told_and_costs_no_try(typed: str, told: str, resident: Resident, office: Office) -> None:
    office.publishes(Recipient(nik=NIK))
    for _ in range(4):
        assert told in resident.asks(NIK, typed)
    assert LISTED in resident.asks(NIK, f"Nama saya {NAME}")


def test_a_word_of_a_chat_is_asked_about_once_and_is_a_name_when_it_comes_again(
    resident: Resident, office: Office
) -> None:
    office.publishes(Recipient(nik=NIK, name="IYA"))
    for typed in ("halo", "Iya"):
        assert "Ini belum seperti nama." in resident.asks(NIK, typed)
    assert LISTED in resident.insists(NIK, "Iya")


def test_both_doors_begin_with_the_verdict(resident: Resident, office: Office) -> None:
    office.publishes(Recipient(nik=NIK))
    say = language("id")
    verdict = "".join(piece for piece, _ in parts(verdict_words(NotOnTheList(), say)))
    answer = resident.asks(UNKNOWN_NIK, NAME)
    assert answer.startswith(verdict)
    for heading, how in ways_on(say):
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

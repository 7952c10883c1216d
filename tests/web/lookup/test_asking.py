"""A resident asks on the site: what the page says, and what it never gives away."""

from __future__ import annotations

import re
from datetime import date

import pytest

from tests.fixtures.office import Announced, Recipient, Reported, a_kk, a_nik
from tests.web.conftest import TOKEN, read_off, text_of


@pytest.fixture
def mother(office):
    """Siti Maesaroh, listed, with a sitting on Tuesday."""
    mother = Recipient(name="SITI MAESAROH", amount=600_000, letter_code="16100-000001")
    office.publishes(mother)
    office.announces(Announced())
    return mother


def test_a_listed_mother_reads_verdict_date_place_amount_papers_and_fine_print_in_this_order(visitor, mother):
    response = visitor.asks(mother.nik, "Siti Maesaroh")
    page = text_of(response)
    said = [
        "Nama ini terdaftar sebagai penerima bantuan.",
        "Selasa, 24 Februari 2026 pukul 08.00–11.00 WIB",
        "Kantor Kelurahan Tegal Gundil",
        "Lihat peta",
        "Rp600.000",
        "surat pemberitahuan",
        "Tidak ada potongan.",
        "SK Dinsos 460/12/2026",
    ]
    places = [page.find(words) for words in said]
    assert response.status_code == 200
    assert -1 not in places, dict(zip(said, places, strict=True))
    assert places == sorted(places)


@pytest.mark.parametrize(("number", "called"), [("nik", "NIK"), ("kk", "nomor KK"), ("letter_code", "kode surat")])
def test_one_field_takes_all_three_numbers_and_says_which_it_was(visitor, office, number, called):
    mother = Recipient(kk="3271051203240001", letter_code="16100-ABC001")
    office.publishes(mother)
    assert f"Kami kenali sebagai {called}." in text_of(visitor.asks(getattr(mother, number), mother.name))


def test_the_answer_gives_no_number_no_full_name_and_no_address(visitor, mother):
    page = visitor.asks(mother.nik, "Siti Maesaroh").text
    for secret in (mother.nik, mother.nik[-4:], mother.kk, "MAESAROH", "Maesaroh", mother.address):
        assert secret not in page
    assert "S. M." in page


def test_a_wrong_name_and_an_unknown_nik_get_the_same_bytes(visitor, mother):
    wrong_name = visitor.asks(mother.nik, "Budi Santoso")
    number = a_nik()
    unknown = visitor.asks(number, "Budi Santoso")
    assert wrong_name.status_code == unknown.status_code == 200
    assert TOKEN.sub("", wrong_name.text) == TOKEN.sub("", unknown.text).replace(number, mother.nik)
    for response in (wrong_name, unknown):
        assert len(response.headers.pop("X-Request-ID")) == 16  # of every request another
    assert sorted(wrong_name.headers) == sorted(unknown.headers)


def test_who_is_not_found_is_shown_three_ways_on(visitor):
    page = text_of(visitor.asks(a_nik(), "Budi Santoso"))
    assert "tidak kami temukan bersama-sama" in page
    for way in ("Periksa lagi yang diketik", "Tanya ke kelurahan", "Ajukan diri", "cekbansos.kemensos.go.id"):
        assert way in page


def test_a_moved_date_says_what_it_was_and_what_it_is(visitor, office, mother):
    office.announces(Announced(date=date(2026, 2, 25)))
    page = text_of(visitor.asks(mother.nik, mother.name))
    assert "Jadwal berubah. Semula Selasa, 24 Februari. Sekarang Rabu, 25 Februari." in page


def test_paid_money_is_said_to_be_paid_and_where_to_go_if_it_never_came(visitor, office, mother, clock):
    clock.passes(days=5)
    office.hears(Reported(nik=mother.nik, date=date(2026, 2, 24)))
    page = text_of(visitor.asks(mother.nik, mother.name))
    assert "Sudah dibayarkan pada 24 Februari 2026 di Kantor Pos Bogor. Belum Anda terima? Laporkan." in page


@pytest.mark.parametrize(
    ("recipient", "said"),
    [
        (Recipient(state="suspended", reason="account_problem"), "sedang dihentikan sementara"),
        (Recipient(state="taken_off", reason="moved"), "Alasan dari kantor: tercatat sudah pindah alamat."),
        (Recipient(state="taken_off", note="Hasil musyawarah *17*"), "Alasan dari kantor: Hasil musyawarah 17."),
        (Recipient(state="group", group_name="KUBE <Melati>"), "Bantuan ini untuk kelompok KUBE <Melati>"),
        (Recipient(channel="bank_card"), "Bantuan masuk ke kartu KKS."),
        (Recipient(), "Tanggal pengambilan belum ditetapkan."),
    ],
)
def test_every_standing_has_its_words(visitor, office, recipient, said):
    office.publishes(recipient)
    assert said in text_of(visitor.asks(recipient.nik, recipient.name))


def test_who_dropped_out_learns_until_when_she_was_listed(visitor, office):
    mother = Recipient()
    office.publishes(mother, period="2025-T4")
    office.publishes(Recipient(), period="2026-T1")
    page = text_of(visitor.asks(mother.nik, mother.name))
    assert "Nama ini pernah terdaftar." in page
    assert "Sampai Tahap 4 tahun 2025 Anda terdaftar. Di daftar Tahap 1 tahun 2026 nama ini tidak ada lagi." in page
    assert "Periode sebelumnya" in page


def test_the_programme_with_the_next_date_stands_first(visitor, office):
    nik = a_nik()
    office.publishes(Recipient(nik=nik), programme="PKH")
    office.publishes(Recipient(nik=nik), programme="SEMBAKO")
    office.announces(Announced(programme="SEMBAKO"))
    page = text_of(visitor.asks(nik, "Siti Maesaroh"))
    assert page.index("Program Sembako") < page.index("Program Keluarga Harapan")


def test_an_answer_is_kept_by_no_cache_and_found_by_no_search_engine(visitor, mother):
    response = visitor.asks(mother.nik, mother.name)
    assert response.headers["Cache-Control"] == "no-store"
    assert '<meta name="robots" content="noindex">' in response.text


def test_the_first_page_says_what_salur_never_asks_for(visitor):
    page = text_of(visitor.opens("/"))
    for never in ("PIN", "OTP", "kata sandi", "nomor rekening", "uang"):
        assert never in page


def test_a_letter_code_gets_a_keyboard_with_letters(visitor):
    assert 'inputmode="numeric"' in visitor.opens("/").text
    assert 'inputmode="numeric"' not in visitor.opens("/?kode=1").text
    slip = visitor.asks("AB-12", "")
    assert 'inputmode="text"' in slip.text


def test_a_phone_that_reloads_the_answers_address_comes_back_to_the_form(visitor):
    response = visitor.opens("/cek")
    assert (response.status_code, response.location) == (303, "/")


def test_a_kk_number_typed_with_spaces_finds_the_family(visitor, office):
    kk = a_kk()
    office.publishes(Recipient(kk=kk, head_name="DADANG SUPRIATNA"))
    spaced = " ".join(kk[i : i + 4] for i in range(0, 16, 4))
    assert "terdaftar sebagai penerima" in text_of(visitor.asks(spaced, "Dadang Supriatna"))


def test_of_two_programmes_a_short_list_on_top_says_day_and_amount_of_each(visitor, office):
    nik = a_nik()
    office.publishes(Recipient(nik=nik, amount=900_000), programme="PKH")
    office.publishes(Recipient(nik=nik, amount=600_000), programme="SEMBAKO")
    office.publishes(Recipient(nik=nik, state="suspended", reason="account_problem"), programme="BST")
    office.announces(Announced(programme="SEMBAKO"))
    page = visitor.asks(nik, "Siti Maesaroh").text
    listed = read_off(r'<nav class="overview".*?</nav>', page)
    assert page.index("<h1>") < page.index(listed) < page.index('class="ticket')
    lines = [" ".join(re.sub("<[^>]+>", " ", line).split()) for line in re.findall("<li>.*?</li>", listed, re.S)]
    assert lines[0] == "Program Sembako (BPNT) Selasa, 24 Februari 2026 Rp600.000"
    assert len(lines) == 3
    assert any(line.startswith("Program Keluarga Harapan") and line.endswith("Rp900.000") for line in lines)
    for anchor in re.findall('href="#([^"]+)"', listed):
        assert page.count(f'id="{anchor}"') == 1


def test_one_programme_needs_no_list(visitor, mother):
    page = visitor.asks(mother.nik, mother.name).text
    assert 'class="overview"' not in page
    assert "Ada <strong>" not in page


def test_an_answer_leads_to_what_its_programme_is(visitor, mother):
    page = visitor.asks(mother.nik, "Siti Maesaroh").text
    [anchor] = re.findall(r'href="/program#([^"]+)"', page)
    assert f'<section class="programme" id="{anchor}"' in visitor.client.get("/program").text

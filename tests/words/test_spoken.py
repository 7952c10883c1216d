"""Indonesian for the ear: what a voice reads aloud has no digits and nothing shortened."""

from __future__ import annotations

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salur.core.limits.asker import Asker
from salur.core.lookup.answers import NotOnTheList
from salur.core.people.nik import Nik
from salur.words.lookup.aloud import aloud
from salur.words.spoken import for_the_ear, in_words, spoken
from tests.fixtures.office import Announced, Recipient

TUESDAY = datetime(2026, 2, 24, 8, tzinfo=ZoneInfo("Asia/Jakarta"))
VALUES = {word: value for value, word in enumerate("nol satu dua tiga empat lima enam tujuh delapan sembilan".split())}
SIZES = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "triliun": 10**12}


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "nol"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (17, "tujuh belas"),
        (100, "seratus"),
        (1_000, "seribu"),
        (1_111, "seribu seratus sebelas"),
        (2026, "dua ribu dua puluh enam"),
        (100_000, "seratus ribu"),
        (1_250_000, "satu juta dua ratus lima puluh ribu"),
        (20_000_000, "dua puluh juta"),
    ],
)
def test_a_number_is_said_as_people_say_it(number, said):
    assert in_words(number) == said


def heard(words):
    """What somebody writes down who hears a number."""
    total = part = last = 0
    spelt = words.replace("seratus", "satu ratus").replace("sepuluh", "satu puluh").replace("sebelas", "satu belas")
    for word in spelt.replace("seribu", "satu ribu").split():
        if word in VALUES:
            last = VALUES[word]
        elif word in ("belas", "puluh", "ratus"):
            part += 10 + last if word == "belas" else last * (10 if word == "puluh" else 100)
            last = 0
        else:
            total += (part + last) * SIZES[word]
            part = last = 0
    return total + part + last


@given(st.integers(0, 10**15 - 1))
def test_whoever_hears_a_number_can_write_it_down_again(number):
    assert heard(in_words(number)) == number


def test_days_hours_and_rupiah_are_words():
    assert spoken().date(TUESDAY) == "Selasa, dua puluh empat Februari dua ribu dua puluh enam"
    assert spoken().short_date(date(2026, 8, 17)) == "tujuh belas Agustus dua ribu dua puluh enam"
    assert spoken().hours(TUESDAY, TUESDAY.replace(hour=11)) == "pukul delapan sampai pukul sebelas"
    afternoon = TUESDAY.replace(hour=9, minute=30), TUESDAY.replace(hour=13, minute=15)
    assert spoken().hours(*afternoon) == "pukul sembilan lewat tiga puluh sampai pukul satu lewat lima belas siang"
    assert spoken().rupiah(600_000) == "enam ratus ribu rupiah"
    assert spoken().period("2026-T1") == "Tahap satu tahun dua ribu dua puluh enam"
    assert spoken().period("2026-B02") == "Februari dua ribu dua puluh enam"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Jl. Ir. H. Juanda No. 5", "Jalan Ir. H. Juanda nomor lima"),
        ("Gg. Mawar, RT/RW 003/012, Kel. Ciluar", "Gang Mawar, RT tiga RW dua belas, Kelurahan Ciluar"),
        ("SDN Ciluar 2", "SDN Ciluar dua"),
        ("Rp 1.250.000", "Rp satu juta dua ratus lima puluh ribu"),
        ("0251 8312345", "nol dua lima satu delapan tiga satu dua tiga empat lima"),
        ("RT/RW dan kelurahan", "RT atau RW dan kelurahan"),
    ],
)
def test_what_offices_shorten_is_said_in_full(written, read):
    assert for_the_ear(written) == read


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """SQLite: the story is about words."""
    return sqlite_url


def test_an_answer_is_read_in_the_order_in_which_it_is_needed(services, office):
    mother = Recipient()
    office.publishes(mother)
    office.publishes(Recipient(nik=mother.nik, kk=mother.kk, channel="bank_card"), programme="SEMBAKO")
    office.announces(Announced())
    answer = services.lookup.ask(Nik.parse(mother.nik), mother.name, asker=Asker.address("203.0.113.7"))
    lines = aloud(answer).split("\n")
    assert lines[:8] == [
        "Nama ini terdaftar sebagai penerima bantuan. Ada dua bantuan.",
        "Bantuan pertama.",
        "Program Keluarga Harapan, Tahap satu tahun dua ribu dua puluh enam.",
        "Ambil bantuan: Selasa, dua puluh empat Februari dua ribu dua puluh enam, pukul delapan sampai pukul sebelas,"
        " di Kantor Kelurahan Tegal Gundil.",
        "Alamatnya Jalan Achmad Adnawijaya nomor satu.",
        "Paling lambat diambil Selasa, tiga puluh satu Maret dua ribu dua puluh enam.",
        "Jumlahnya enam ratus ribu rupiah.",
        "Bantuan kedua.",
    ]
    assert lines[-1] == "Bantuan diterima utuh. Tidak ada potongan. Ada yang minta bagian? Laporkan."
    assert len(set(lines)) == len(lines) - lines.count("Jumlahnya enam ratus ribu rupiah.") + 1
    assert not re.search(r"[\d*/]|Rp|Jl\.", "".join(lines))


def test_a_miss_is_read_with_its_ways_on():
    lines = aloud(NotOnTheList()).split("\n")
    assert lines[0] == "Nomor dan nama itu tidak kami temukan bersama-sama di daftar."
    assert any(line.startswith("Tanya ke kelurahan.") for line in lines)

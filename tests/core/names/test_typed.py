"""Whether what was typed for a name is one, the same at every door."""

from __future__ import annotations

from pathlib import Path

import pytest

from salur.core.names.typed import name_meant, slip_of


@pytest.mark.parametrize("name", ["Siti Aminah", "Ni", "O", "عائشة", "H. Muh. Nur'aini-Putri", "Asep 2", "a" * 100])
def test_whatever_has_a_letter_may_be_a_name(name: str) -> None:
    assert slip_of(name) is None


@pytest.mark.parametrize("nothing", ["", "  ", "...", "-", "🙂"])
def test_without_a_letter_it_is_missing(nothing: str) -> None:
    assert slip_of(nothing) == "name_missing"


@pytest.mark.parametrize("number", ["3271015505800001", "0812-3456-7890", "٣٢٧١٠١٥٥٠٥٨٠٠٠٠١", "123"])
def test_a_number_is_no_name_and_not_missing_either(number: str) -> None:
    assert slip_of(number) == "number_for_name"
    assert slip_of(number, needed=False) is None


def test_a_letter_to_the_editor_is_too_long() -> None:
    assert slip_of("a" * 101) == "name_too_long"


def words(table: str) -> list[str]:
    """What stands between the strokes."""
    return [" ".join(word.split()) for word in table.split("|")]


# Real names that look like something else: a month, a day, a word, a title that is written like an RT.
HARD = words("""
    Rt. Siti | RT SITI AMINAH | Rw. Suparman | ERTE | I Wayan Sudarma | Ni Luh Putu | Bulan | Januari | Senin | Mei
    | Mei Lan | Juni Astuti | April | Maret Sudarsono | Agustus | Oktober | Hj. Halimah | Ya'kub | Yakub | Yaya |
    Iyah | Tanggal | Sudah | Baik | Aman | Resmi | Untung | Selamat | Slamet | Kasih | Selamat Kasih | Sore Hadi |
    Minah | Min | Cek Nona | Apa Suherman | Mana | Dimas | Kapandi | Desa Putra | Jalaludin | Kampung | Gangga |
    Nomo | Noor | No | O | Ni | Halo Br. Ginting | Oke Setiadi | Haidar | Namanya | Nama | Saya Mulyana | Sayati |
    Tes Hartini | K.P. Suryo | Kel Anthony | Kota Sari | Muh. Ali | M. Yusuf | ST. Aminah | S.Pd | Pa'i | D'Arcy |
    Siti-Aminah | Nur 'Aini | Ratu Tiga | Dua | Tiga Lima
""")
WORDS_OF_A_CHAT = {"Nama"}  # asked about once, and then taken


@pytest.mark.parametrize("name", HARD)
def test_a_hard_name_is_a_name(name: str) -> None:
    assert slip_of(name) == ("perhaps_no_name" if name in WORDS_OF_A_CHAT else None)
    assert slip_of(name, warned=name) is None


def test_every_name_of_the_sample_and_of_the_pairs_is_one() -> None:
    lists = Path("salur/sample/names.tsv").read_text("utf-8"), Path("tests/core/names/pairs.tsv").read_text("utf-8")
    cells = [cell for text in lists for line in text.splitlines() if line[:1] != "#" for cell in line.split("\t")]
    names = [name.strip() for cell in cells for name in cell.split(", ") if "*" not in name]
    assert len(names) > 1000
    assert [name for name in names if any(map(str.isalpha, name)) and slip_of(name)] == []


NO_NAMES = {
    "place_for_name": words("""
    RT 03 RW 05 | rt.03/rw.05 | RT003/RW005 | R.T. 3 R.W. 5 | erte 3 | 03/05 | 002 - 005 | Siti Aminah RT 3 | rw 12
    | Jl. Roda No. 5 | Jalan Mawar 12 | Gg. Haji Udin 3 | Kp. Cibuluh RT 1 | Perum Indah blok C2 | rumah no 7
"""),
    "date_for_name": words("""
    24 Februari 1980 | 24-02-1980 | 24/02/80 | 1 Mei | Bogor, 12 03 1975 | Senin, 24 Feb 2026 | 17 agustus | Siti 5
    Nov 1990
"""),
    "number_for_name": words("""
    HP 081234567890 | wa: 0812 3456 7890 | NIK 3271055505800001
"""),
    "perhaps_no_name": words("""
    ya | Iya | ok | Halo | hai admin | selamat pagi | Assalamualaikum | terima kasih | RT | rt rw | /cek | /mulai |
    kapan cair | sabaraha kengingna | gimana caranya | Jl. Roda | Kelurahan Tegal Gundil | tidak tahu | teu acan
    kumaha | nama saya | hatur nuhun
"""),
}


@pytest.mark.parametrize(("typed", "slip"), [(typed, slip) for slip, some in NO_NAMES.items() for typed in some])
def test_what_is_no_name_is_told_for_what_it_is(typed: str, slip: str) -> None:
    assert slip_of(typed) == slip
    assert slip_of(typed, warned=typed) == (None if slip == "perhaps_no_name" else slip)


def test_number_and_name_in_the_field_of_the_name_are_not_refused() -> None:
    assert slip_of("Siti Aminah 3271055505800001") is None


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Nama saya Siti Aminah", "Siti Aminah"),
        ("nama: Siti Aminah", "Siti Aminah"),
        ("Nama lengkap saya adalah Siti", "Siti"),
        ("a.n. Siti", "Siti"),
        ("An Nisa", "An Nisa"),
        ("Nama Siti", "Nama Siti"),
        ("Nama saya", "Nama saya"),
        ("Siti", "Siti"),
    ],
)
def test_what_leads_to_a_name_is_left_out(typed: str, name: str) -> None:
    assert name_meant(typed) == name

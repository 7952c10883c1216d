"""What is found in a message as people write it."""

from __future__ import annotations

import pytest

from salur.bot.reading import holds_number, is_name, read
from salur.bot.schedule import matching
from salur.core.payouts import KelurahanSchedule

NUMBER = "3271055505800001"


@pytest.mark.parametrize(
    ("message", "number", "name"),
    [
        (NUMBER, NUMBER, None),
        ("3271 0555 0580 0001", "3271 0555 0580 0001", None),
        ("32.71.05.555058-0001", "32.71.05.555058-0001", None),
        (f"{NUMBER} Siti Aminah", NUMBER, "Siti Aminah"),
        (f"{NUMBER}, Siti Aminah.", NUMBER, "Siti Aminah"),
        (f"Siti Aminah\n{NUMBER}", NUMBER, "Siti Aminah"),
        (f"Nama lengkap : H. Muh. Nur'aini-Putri\nNo. NIK = {NUMBER}", NUMBER, "H. Muh. Nur'aini-Putri"),
        (f"NIK {NUMBER} a.n. Suparman", NUMBER, "Suparman"),
        (f"mau tanya {NUMBER} dapat bantuan?", NUMBER, None),
        (f"{NUMBER} Siti 2", NUMBER, None),
        (f"{NUMBER} {NUMBER}", f"{NUMBER} {NUMBER}", None),
        (f"{NUMBER}\n3271051203110001", NUMBER, None),
        ("PBP0040", "PBP0040", None),
        ("kode PBP0040 Siti Aminah", "PBP0040", "Siti Aminah"),
        ("16100-A0001", None, None),
        ("Siti Aminah", None, None),
        ("RT 03 RW 05", None, None),
        ("Rp600.000", None, None),
        ("rumah nomor 12, 24 Februari 2026", None, None),
    ],
)
def test_number_and_name_are_found_and_nothing_is_made_up(message: str, number: str | None, name: str | None) -> None:
    found = read(message)
    assert (found.number, found.name) == (number, name)


def test_what_was_read_does_not_show_itself() -> None:
    assert NUMBER not in repr(read(f"{NUMBER} Siti"))


@pytest.mark.parametrize(("text", "holds"), [(NUMBER, True), (NUMBER[:11], True), ("0251-832", False), ("", False)])
def test_a_number_with_a_slip_is_still_worth_deleting(text: str, holds: bool) -> None:
    assert holds_number(text) is holds


def test_a_name_has_a_letter_and_an_end() -> None:
    assert is_name("Ni")
    assert not is_name("...")
    assert not is_name("a" * 101)


KNOWN = (
    KelurahanSchedule("32.71.06.1005", "Kebon Pedes", "Tanah Sareal", "Kota Bogor", 1),
    KelurahanSchedule("32.71.05.1004", "Tegal Gundil", "Bogor Utara", "Kota Bogor", 1),
    KelurahanSchedule("32.71.01.1001", "Pabaton", "Bogor Tengah", "Kota Bogor", 1),
    KelurahanSchedule("32.71.03.1001", "Pakuan", "Bogor Selatan", "Kota Bogor", 1),
    KelurahanSchedule("76.04.01.1001", "Pabaton", "Wonomulyo", "Polewali Mandar", 1),
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("KEBONPEDES", ["Kebon Pedes"]),
        ("Kel. Tegalgundil", ["Tegal Gundil"]),
        ("kebon pedis", ["Kebon Pedes"]),
        ("tegal", ["Tegal Gundil"]),
        ("pabaton", ["Pabaton", "Pabaton"]),
        ("Pabaton Wonomulyo", ["Pabaton"]),
        ("pa", []),
        ("Jakarta", []),
        ("", []),
        ("...", []),
    ],
)
def test_a_kelurahan_is_found_as_people_write_it(typed: str, found: list[str]) -> None:
    assert [kelurahan.name for kelurahan in matching(typed, KNOWN)] == found

"""What is found in a message as people write it."""

from __future__ import annotations

import pytest

from salur.bot.chat.reading import holds_number, read
from salur.core.people.letter_codes import Unguessable
from salur.core.people.ticket_codes import TicketCode

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
        (f"{NUMBER} {NUMBER} Siti Aminah", NUMBER, "Siti Aminah"),
        (f"NIK {NUMBER} KK 3271051203050001 Siti Aminah", NUMBER, "Siti Aminah"),
        (f"KK: 3271051203050001\nNIK: {NUMBER}\nNama: Siti Aminah", "3271051203050001", "Siti Aminah"),
        (f"{NUMBER}\n3271051203110001", NUMBER, None),
        ("PBP0040", "PBP0040", None),
        ("kode PBP0040 Siti Aminah", "PBP0040", "Siti Aminah"),
        ("16100-A0001", None, None),
        ("Siti Aminah", None, None),
        ("RT 03 RW 05", None, None),
        ("RT003/RW005", None, None),
        ("rw.012", None, None),
        (f"{NUMBER} rt 03/05", NUMBER, None),
        ("Rp600.000", None, None),
        ("rumah nomor 12, 24 Februari 2026", None, None),
    ],
)
def test_number_and_name_are_found_and_nothing_is_made_up(message: str, number: str | None, name: str | None) -> None:
    found = read(message)
    assert (found.number, found.name) == (number, name)


@pytest.mark.parametrize(
    ("message", "name"),
    [
        ("{one} Siti Aminah\n{two} Budi Santoso", "Siti Aminah"),
        ("{one} Siti Aminah / {two} Budi Santoso", "Siti Aminah"),
        ("{one} Siti Aminah dan {two} Budi Santoso", "Siti Aminah"),
        ("{one}, Siti Aminah, {two}, Budi Santoso", "Siti Aminah"),
        ("1. {one} Siti Aminah\n2. {two} Budi Santoso", "Siti Aminah"),
        ("1) Siti Aminah {one} 2) Budi Santoso {two}", "Siti Aminah"),
        ("Siti Aminah {one}\nBudi Santoso {two}", "Siti Aminah"),
        ("Siti Aminah\n{one}\nBudi Santoso\n{two}\nmakasih ya", "Siti Aminah"),
        ("tolong cek {one} Siti Aminah jeung {two} Budi Santoso", "Siti Aminah"),
        ("NIK: {one}\nNama: Siti Aminah\n\nNIK: {two}\nNama: Budi Santoso", "Siti Aminah"),
        ("{one} {two}", None),
        ("{one}\n{two}", None),
        ("{one}\n{two}\nSiti Aminah\nBudi Santoso", None),
        ("Siti {one} Budi {two} Ani", None),
        ("{one} rt 03/05 {two}", None),
    ],
)
def test_of_two_people_the_first_is_read_and_the_other_known_to_be_there(message: str, name: str | None) -> None:
    found = read(message.format(one=NUMBER, two="3271052503790002"))
    assert (found.number, found.name, found.others) == (NUMBER, name, True)


@pytest.mark.parametrize("message", [f"{NUMBER} {NUMBER}", f"{NUMBER} Siti", f"{NUMBER}\n3271051203110001", "PBP0040"])
def test_one_person_is_not_said_to_be_two(message: str) -> None:
    assert not read(message).others


def test_what_was_read_does_not_show_itself() -> None:
    assert NUMBER not in repr(read(f"{NUMBER} Siti"))


@pytest.mark.parametrize(("text", "holds"), [(NUMBER, True), (NUMBER[:11], True), ("0251-832", False), ("", False)])
def test_a_number_with_a_slip_is_still_worth_deleting(text: str, holds: bool) -> None:
    assert holds_number(text) is holds


@pytest.mark.parametrize("code", ["D7YP-7HDA-0RJ0", "D7YP 7HDA 0RJ0", "d7yp.7hda.0rj0"])
def test_the_end_of_a_ticket_and_a_name_make_no_letter(code: str) -> None:
    """`0RJ0SITIMAESARAH` is well-formed as a letter's code, by chance."""
    assert Unguessable.read("0RJ0 Siti Maesarah") is not None
    found = read(f"{code} Siti Maesarah")
    assert (found.number, found.name) == (code, "Siti Maesarah")


def test_a_name_before_a_letter_and_its_beginning_make_no_ticket() -> None:
    for _ in range(200):
        code = Unguessable.new().grouped
        found = read(f"Siti Rosa {code}")
        assert (found.number, found.name) == (code, "Siti Rosa")


def test_a_name_of_four_letters_behind_a_ticket_makes_no_letter_of_it() -> None:
    """By chance the check of a letter's code fits one time in 37: so none begins like the code of a ticket."""
    for _ in range(200):
        code = TicketCode.new()
        for written in (code.grouped, " ".join(code.groups), code.reveal()):
            found = read(f"{written} Siti Aminah")
            assert found.number is not None
            assert TicketCode.parse(found.number) == code
            assert found.name == "Siti Aminah"


def test_a_letter_is_read_however_its_groups_are_written() -> None:
    for _ in range(200):
        code = Unguessable.new()
        for written in (code.grouped, " ".join(code.groups), code.reveal()):
            found = read(f"{written} Siti Aminah")
            assert found.number is not None
            assert Unguessable.read(found.number) == code
            assert found.name == "Siti Aminah"

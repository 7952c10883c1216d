"""Two wait for a place, and one becomes free: the same story at the site and in Telegram."""

from __future__ import annotations

from tests.fixtures.corrections import WHY
from tests.fixtures.office import Office, Recipient, a_nik
from tests.fixtures.proposals import Sender
from tests.fixtures.waiting import LineDesk, leaves
from tests.journeys.doors import Resident

NAME, OTHER = "Ani Suryani", "Budi Santoso"


def ticket(sender: Sender) -> str:
    """The code of what somebody sent."""
    assert sender.receipt is not None
    return sender.receipt.code.grouped


def test_one_dies_the_first_in_line_is_placed_and_the_other_is_first(
    resident: Resident, line_desk: LineDesk, office: Office
) -> None:
    people = [Recipient(name=f"PENERIMA {letter}") for letter in "ABC"]
    office.publishes(*people, programme="APBD")
    line_desk.limits(3)
    nik = a_nik()
    first, second = line_desk.accepts(NAME, nik), line_desk.accepts(OTHER)
    assert "Urutan 2 dari 2 untuk Bantuan sosial dari APBD" in resident.asks(ticket(second), OTHER)
    assert NAME not in resident.asks(ticket(second), OTHER)

    leaves(line_desk, office, people[0], WHY)
    draft = line_desk.chooses(NAME)
    assert "Dipilih untuk tempat kosong" in resident.asks(ticket(first), NAME)
    assert "Urutan 1 dari 1" in resident.another().asks(ticket(second), OTHER)
    assert "tidak kami temukan" in resident.another().asks(nik, NAME)

    office.agrees(draft)
    assert "Sudah masuk daftar Bantuan sosial dari APBD" in resident.another().asks(ticket(first), NAME)
    assert "Rp600.000" in resident.another().asks(nik, NAME)


def test_who_is_passed_over_reads_why(resident: Resident, line_desk: LineDesk) -> None:
    line_desk.limits(1)
    sender = line_desk.accepts(NAME)
    line_desk.skips(NAME, "data_differ")
    assert "Dilewati dulu di urutan" in (page := resident.asks(ticket(sender), NAME))
    assert "datanya perlu diperbaiki dulu" in page

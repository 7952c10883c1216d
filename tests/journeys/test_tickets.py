"""A ticket is opened where a number is asked for: the same story at the site and in Telegram."""

from __future__ import annotations

import pytest

from salur.core.limits.asker import Asker
from salur.core.people.nik import recognise
from salur.core.people.ticket_codes import TicketCode
from salur.core.proposals.kinds import Kind
from tests.fixtures.office import Office, Recipient, a_nik
from tests.fixtures.proposals import Chain, a_draft
from tests.journeys.doors import Resident

NO_TICKET = "Kode dan nama itu tidak cocok."


def looks_like_a_ticket() -> str:
    """The code of a letter that passes for a ticket's."""
    codes = (f"16100-A{number:06}" for number in range(1, 1000))
    return next(code for code in codes if isinstance(recognise(code), TicketCode))


@pytest.mark.parametrize("typed", ["Siti Maesaroh", "siti maesarah"])
def test_code_and_name_show_what_became_of_it(resident: Resident, chain: Chain, typed: str) -> None:
    code = chain.ticket(a_draft()).code.grouped
    assert "Usulan ini sekarang ada di RT/RW." in resident.asks(code, typed)
    assert "Usulan ini sekarang ada di RT/RW." in resident.asks(code.lower().replace("-", " "), typed)


def test_an_objector_opens_it_by_their_own_name(resident: Resident, chain: Chain) -> None:
    code = chain.ticket(a_draft(Kind.SANGGAH, own_name="Wawan Setiawan")).code.grouped
    assert NO_TICKET in resident.asks(code, "Dede Kurnia")
    assert "Sanggahan ini sekarang ada di RT/RW." in resident.asks(code, "Wawan Setiawan")


def test_a_report_opens_whatever_name_is_typed(resident: Resident, chain: Chain) -> None:
    code = chain.ticket(a_draft(Kind.LAPORAN)).code.grouped
    assert "Laporan ini sekarang ada di Dinas Sosial." in resident.asks(code, "Dede Kurnia")


def test_a_wrong_name_looks_like_an_unknown_code(resident: Resident, chain: Chain) -> None:
    code = chain.ticket(a_draft()).code.grouped
    wrong = resident.asks(code, "Dede Kurnia")
    assert NO_TICKET in wrong
    assert wrong == resident.asks(TicketCode.new().grouped, "Dede Kurnia")


def test_after_three_misses_the_ticket_is_closed_to_this_asker_only(resident: Resident, chain: Chain) -> None:
    code = chain.ticket(a_draft()).code.grouped
    for wrong in ("Dede Kurnia", "Siti Aminah", "0001"):
        assert NO_TICKET in resident.asks(code, wrong)
    closed = resident.asks(code, "Siti Maesaroh")
    assert "tiket ini ditutup sampai" in closed
    assert "omor ini ditutup" not in closed
    assert "Usulan ini" in resident.another().asks(code, "Siti Maesaroh")


def test_misses_at_one_door_close_the_ticket_at_no_number(two_doors: tuple[Resident, Resident], chain: Chain) -> None:
    """Ten misses by anyone close it to those who have not opened it before, whichever door they come to."""
    one, other = two_doors
    code = chain.ticket(a_draft()).code.grouped
    for _ in range(5):
        guesser = one.another()
        for wrong in ("Dede Kurnia", "Siti Aminah"):
            guesser.asks(code, wrong)
    assert "tiket ini ditutup sampai" in other.asks(code, "Siti Maesaroh")


def test_a_letter_whose_code_looks_like_a_tickets_is_answered_as_a_letter(resident: Resident, office: Office) -> None:
    letter = looks_like_a_ticket()
    office.publishes(Recipient(letter_code=letter))
    answer = resident.asks(letter, "Siti Maesaroh")
    assert "Nama ini terdaftar sebagai penerima bantuan." in answer
    assert "Kami kenali sebagai kode tiket" not in answer
    assert NO_TICKET in resident.asks(letter, "Dede Kurnia")


def test_what_was_sent_with_a_pass_opens_by_the_name_on_the_list(
    resident: Resident, chain: Chain, office: Office
) -> None:
    mother = Recipient(nik=a_nik(), name="SITI MAESAROH")
    office.publishes(mother)
    services = chain.services
    answer = services.lookup.ask(recognise(mother.nik), mother.name, asker=Asker.chat(5))  # type: ignore[arg-type]
    receipt = services.proposals.correct(answer.key, "address", "Sudah pindah.", asker=Asker.chat(5))  # type: ignore[union-attr]
    assert "Permintaan perbaikan ini sekarang ada" in resident.asks(receipt.code.grouped, "Siti Maesarah")

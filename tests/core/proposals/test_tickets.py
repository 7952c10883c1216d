"""What opens a ticket: its code and the name it was sent with, compared as in the look-up."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import event, text, update

from salur.core.errors import NoKey, TooManyAttempts
from salur.core.limits.asker import Asker
from salur.core.names import decoys
from salur.core.names.matching import same_name
from salur.core.names.parts import read_name
from salur.core.people.nik import Kk, Nik
from salur.core.people.ticket_codes import TicketCode
from salur.core.proposals import tickets
from salur.core.proposals.answers import NoTicket, Said, Status
from salur.core.proposals.kinds import Kind
from salur.core.proposals.log import BODY
from salur.core.storage.vault import Vault
from salur.core.tables.proposals import ProposalRow, TicketRow
from tests.fixtures.office import Recipient, a_kk, a_nik
from tests.fixtures.proposals import a_draft, rows
from tests.fixtures.services import vault_of


@pytest.fixture
def opens(services):
    """Whether code and name open a ticket for someone who has not tried before."""
    chats = iter(range(50_000, 60_000))

    def ask(code, name):
        return isinstance(services.proposals.status(code, name, asker=Asker.chat(next(chats))), Status)

    return ask


@pytest.mark.parametrize("typed", ["Siti Maesaroh", "siti maesarah", "Ibu SITI MAESAROH, S.Pd."])
def test_the_name_opens_as_in_the_look_up(sender, opens, typed):
    assert opens(sender.sends().code, typed)


@pytest.mark.parametrize("typed", ["Siti", "Maesaroh", "Dede Kurnia", "", "0001", "4321", "%", "Siti Maesaroh Kurnia"])
def test_no_other_name_opens(sender, opens, typed):
    assert not opens(sender.sends().code, typed)


@pytest.mark.parametrize("whom", ["self", "neighbour"])
def test_a_proposal_opens_by_the_name_of_whom_it_is_for(sender, opens, whom):
    receipt = sender.sends(a_draft(whom=whom, name="Icih Sukaesih", nik=None, no_nik="never_recorded"))
    assert receipt.needs_name
    assert opens(receipt.code, "Ibu Icih Sukaesih")
    assert not opens(receipt.code, "Siti Maesaroh")


def test_an_objection_opens_by_the_name_of_whoever_objects_which_no_office_sees(sender, opens, services):
    receipt = sender.sends(a_draft("sanggah", own_name="Wawan Setiawan"))
    assert opens(receipt.code, "Wawan Setiawan")
    assert not opens(receipt.code, "Dede Kurnia")
    (proposal,), (ticket,) = rows(services, ProposalRow), rows(services, TicketRow)
    body = vault_of(services).open_json(proposal.sealed_body, BODY, proposal.id)
    assert "Wawan" not in json.dumps(body)
    assert "Wawan" not in repr((proposal, ticket, Said.of(body)))


def test_a_double_opens_by_the_name_of_its_own_sender(sender, neighbour, opens):
    nik = a_nik()
    first = sender.sends(a_draft("sanggah", nik, own_name="Wawan Setiawan"))
    second = neighbour.sends(a_draft("sanggah", nik, own_name="Euis Komariah"))
    assert opens(first.code, "Wawan Setiawan")
    assert opens(second.code, "Euis Komariah")
    assert not opens(first.code, "Euis Komariah")
    assert not opens(second.code, "Wawan Setiawan")


@pytest.mark.parametrize("kind", [Kind.LAPORAN, Kind.SANGGAH])
@pytest.mark.parametrize("typed", ["", "Dede Kurnia", "0001"])
def test_what_was_sent_without_a_name_opens_by_its_code_whatever_is_typed(sender, opens, kind, typed):
    receipt = sender.sends(a_draft(kind, own_name=None))
    assert not receipt.needs_name
    assert opens(receipt.code, typed)


def test_who_corrects_with_a_pass_opens_by_the_name_on_the_list(office, services, opens):
    mother = Recipient(name="SITI MAESAROH")
    office.publishes(mother)
    answer = services.lookup.ask(Nik.parse(mother.nik), "Siti Maesarah", asker=Asker.chat(1))
    receipt = services.proposals.correct(answer.key, "address", "Sudah pindah.", asker=Asker.chat(1))
    assert receipt.needs_name
    assert opens(receipt.code, "Siti Maesaroh")
    assert not opens(receipt.code, mother.nik[-4:])


def test_unknown_code_and_wrong_name_get_the_same_answer(sender, services):
    receipt = sender.sends()
    ask = services.proposals.status
    assert ask(receipt.code, "Dede Kurnia", asker=Asker.chat(1)) == NoTicket()
    assert ask(TicketCode.new(), sender.name, asker=Asker.chat(1)) == NoTicket()


def test_unknown_code_and_wrong_name_cost_the_same_work(sender, services, monkeypatch):
    named = sender.sends()
    seen = []

    def note(what, act):
        def noted(*args, **more):
            seen.append(what)
            return act(*args, **more)

        return noted

    monkeypatch.setattr(tickets, "same_name", note("compared", same_name))
    monkeypatch.setattr(decoys, "same_name", note("compared", same_name))
    monkeypatch.setattr(Vault, "open", note("opened", Vault.open))
    monkeypatch.setattr(Vault, "digest", note("digest", Vault.digest))
    event.listen(services.database.engine, "before_cursor_execute", lambda *args: seen.append(args[2].split()[0]))
    works = []
    for code in (named.code, TicketCode.new()):
        for chat, name in enumerate(("Dede Kurnia", *decoys.DECOYS), 300):
            seen.clear()
            assert services.proposals.status(code, name, asker=Asker.chat(chat)) == NoTicket()
            works.append([*seen])
    assert all(work == works[0] for work in works)
    assert works[0].count("compared") == decoys.LEAST_WORK
    assert works[0].count("opened") == 1


def test_after_three_wrong_names_the_ticket_is_closed_to_this_asker(sender, services, clock):
    receipt = sender.sends()
    guesser = Asker.chat(77)
    for name in ("Dede Kurnia", "Siti Aminah", ""):
        assert services.proposals.status(receipt.code, name, asker=guesser) == NoTicket()
    with pytest.raises(TooManyAttempts) as refused:
        services.proposals.status(receipt.code, sender.name, asker=guesser)
    assert refused.value.scope == "ticket"
    assert isinstance(sender.looks(), Status)
    clock.passes(hours=25)
    assert services.proposals.status(receipt.code, sender.name, asker=guesser) != NoTicket()


def test_a_dictionary_of_names_opens_what_it_would_open_of_a_list_and_no_more(sender, opens, clock):
    mine = "Siti Maesaroh"
    guesses = [f"{first} {last}".strip() for first in ("Siti", "Sity", "Dede", "S", "Ibu", "") for last in
               ("Maesaroh", "Maesarah", "Maysaroh", "M", "Aminah", "Maesaroh Dede", "")]  # fmt: skip
    allowed = {guess for guess in guesses if same_name(read_name(mine), read_name(guess))}
    assert 1 < len(allowed) < len(guesses) / 2
    opened = set()
    for guess in guesses:  # one ticket each: after ten misses by anyone it would be closed
        clock.passes(minutes=10)
        if opens(sender.sends(a_draft(name=mine)).code, guess):
            opened.add(guess)
    assert opened == allowed


def test_the_name_of_one_ticket_is_of_no_use_on_another(sender, services, opens):
    first, second = sender.sends(a_draft(name="Siti Maesaroh")), sender.sends(a_draft(name="Dede Kurnia"))
    one, other = sorted(rows(services, TicketRow), key=lambda row: row.proposal_id)
    with services.database.writing() as connection:
        connection.execute(
            update(TicketRow).where(TicketRow.digest == one.digest).values(sealed_name=other.sealed_name)
        )
    assert opens(second.code, "Dede Kurnia")
    with pytest.raises(NoKey):
        opens(first.code, "Dede Kurnia")


def test_names_of_tickets_are_sealed_anew_with_the_rest(sender, services, opens):
    receipt, nameless = sender.sends(), sender.sends(a_draft("laporan"))
    assert services.rotation.rotate().key == 2
    assert services.rotation.pending() == 0
    assert services.rotation.retire() == 1
    opens(receipt.code, "Siti Maesaroh")  # meets the new key, and forgets the old one
    assert opens(receipt.code, "Siti Maesaroh")
    assert opens(nameless.code, "")


def test_the_name_is_gone_with_its_proposal(sender, services, clock, levels):
    sender.sends()
    levels.takes("rejected", "dinsos", "well_off")
    clock.passes(days=500)
    services.retention.purge()
    assert rows(services, TicketRow) == []


def test_a_kk_number_still_is_enough_to_propose_with(sender, opens):
    receipt = sender.sends(a_draft(nik=None, no_nik="newborn", kk=Kk.parse(a_kk()), name="Bayi Siti Maesaroh"))
    assert opens(receipt.code, "Bayi Siti Maesaroh")


def test_no_ticket_is_written_with_a_proof_any_more(sender, services):
    sender.sends()
    sender.sends(a_draft("laporan"))
    with services.database.reading() as connection:
        assert (
            connection.execute(text("SELECT count(*) FROM proposal_ticket WHERE proof IS NOT NULL")).scalar_one() == 0
        )

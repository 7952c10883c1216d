"""Two who propose the same person: one proposal, and each keeps a ticket."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from salur.core.errors import Refused
from salur.core.limits.asker import Asker
from salur.core.proposals.kinds import Holder, Step
from salur.core.regions.territory import Territory
from salur.core.tables.notices import NoticeRow
from salur.core.tables.proposals import PhotoRow, ProposalEventRow, ProposalRow
from tests.fixtures.office import a_nik
from tests.fixtures.proposals import a_draft, a_photo, copies_agree, log_of, rows, steps_of


def test_a_double_of_an_open_proposal_is_joined_and_both_keep_a_ticket(sender, neighbour, services):
    nik = a_nik()
    sender.sends(a_draft(nik=nik))
    neighbour.sends(a_draft(nik=nik, words="Tetangga saya", photos=(a_photo(),)))
    assert len(rows(services, ProposalRow)) == 1
    assert [row.what for row in rows(services, ProposalEventRow)] == ["sent", "joined"]
    assert len(rows(services, PhotoRow)) == 1
    assert sender.receipt.code != neighbour.receipt.code
    assert sender.looks().holder is neighbour.looks().holder is Holder.DINSOS
    assert copies_agree(services)


def test_the_nik_alone_joins_nobody_to_anothers_proposal(sender, neighbour, levels, clock):
    nik = a_nik()
    sender.sends(a_draft(nik=nik))
    levels.takes("asked", "dinsos", words="Sejak kapan cerai?")
    clock.passes(minutes=1)
    neighbour.sends(a_draft(nik=nik, name="Budi Setiawan"))
    assert neighbour.looks().question is None
    assert sender.looks().question == "Sejak kapan cerai?"


@pytest.mark.parametrize("waiting", ["S. M.", "Siti M", "Siti (istri Budi)", "Budi / Siti Maesaroh"])
def test_a_few_letters_that_wait_for_somebody_catch_nobodys_proposal(sender, neighbour, waiting, services):
    nik = a_nik()
    neighbour.sends(a_draft(nik=nik, name=waiting))
    sender.sends(a_draft(nik=nik))
    assert len(rows(services, ProposalRow)) == 2


def test_the_receipt_does_not_tell_whether_it_was_joined(sender, neighbour, heads, levels):
    for role in ("rt", "kelurahan"):
        heads.create(role)
    nik = a_nik()
    sender.sends(a_draft("sanggah", nik=nik))
    levels.takes("accepted", "neighbourhood")
    joined = neighbour.sends(a_draft("sanggah", nik=nik))
    alone = neighbour.sends(a_draft("sanggah"))
    assert replace(joined, code=alone.code) == alone


def test_a_joined_ticket_shows_nothing_from_before_its_day(sender, neighbour, heads, levels, clock):
    for role in ("rt", "kelurahan"):
        heads.create(role)
    nik = a_nik()
    sender.sends(a_draft("sanggah", nik=nik))
    clock.passes(hours=1)
    levels.takes("rejected", "neighbourhood", "other", words="Bukan warga sini")
    sender.objects("Dia warga sini")
    levels.takes("asked", "kelurahan", words="Sejak kapan?")
    clock.passes(days=3)
    neighbour.sends(a_draft("sanggah", nik=nik))
    status = neighbour.looks()
    assert steps_of(status) == [Step.SENT]
    assert (status.holder, status.question, status.reason) == (Holder.KELURAHAN, None, None)
    assert status.sent_at == status.held_since == clock.now
    assert status.due_at == clock.now + timedelta(days=14)
    assert "Bukan warga sini" not in repr(status)
    with pytest.raises(Refused, match="not_asked"):
        neighbour.answers("Bukan saya yang ditanya")
    assert sender.looks().question == "Sejak kapan?"
    assert Step.JOINED not in steps_of(sender.looks())
    sender.answers("Sejak 2019")
    levels.takes("accepted", "kelurahan")
    assert steps_of(neighbour.looks()) == [Step.SENT, Step.ACCEPTED]
    assert steps_of(sender.looks())[-2:] == [Step.ANSWERED, Step.ACCEPTED]


def test_each_of_two_answers_for_himself_and_sees_no_answer_of_the_other(sender, neighbour, levels, services):
    nik = a_nik()
    sender.sends(a_draft(nik=nik))
    neighbour.sends(a_draft(nik=nik))
    levels.takes("asked", "dinsos", words="Sejak kapan cerai?")
    neighbour.answers("Tidak pernah cerai")
    with pytest.raises(Refused, match="not_asked"):
        neighbour.answers("Sekali lagi")
    before = sender.looks()
    assert (before.question, before.holder) == ("Sejak kapan cerai?", Holder.SENDER)
    assert steps_of(before) == [Step.SENT, Step.ASKED]
    assert neighbour.looks().holder is Holder.DINSOS
    sender.answers("Sejak 2019")
    assert steps_of(sender.looks()) == steps_of(neighbour.looks()) == [Step.SENT, Step.ASKED, Step.ANSWERED]
    assert copies_agree(services)


def test_a_question_that_was_decided_on_is_answered_by_nobody_any_more(sender, neighbour, levels):
    nik = a_nik()
    sender.sends(a_draft(nik=nik))
    neighbour.sends(a_draft(nik=nik))
    levels.takes("asked", "dinsos", words="Sejak kapan cerai?")
    neighbour.answers("Sejak 2019")
    levels.takes("accepted", "dinsos")
    assert sender.looks().question is None
    with pytest.raises(Refused, match="not_asked"):
        sender.answers("Sejak 2020")


def test_who_follows_is_told_of_no_answer_of_another(sender, neighbour, levels, services):
    nik = a_nik()
    sender.sends(a_draft(nik=nik))
    neighbour.sends(a_draft(nik=nik))
    levels.takes("asked", "dinsos", words="Sejak kapan cerai?")
    sender.follows(77)
    while str(neighbour.receipt.code)[-2:] == str(sender.receipt.code)[-2:]:
        neighbour.sends(a_draft(nik=nik))
    neighbour.answers("Sejak 2019")
    assert rows(services, NoticeRow) == []


def test_an_answer_of_before_it_was_known_whose_is_everybodys(sender, neighbour, levels, services):
    nik = a_nik()
    sender.sends(a_draft(nik=nik))
    neighbour.sends(a_draft(nik=nik))
    levels.takes("asked", "dinsos", words="Sejak kapan cerai?")
    (proposal,) = rows(services, ProposalRow)
    with services.database.writing() as connection:
        log_of(services).append(connection, proposal.id, Step.ANSWERED, words={"words": "Sejak 2019"})
    assert sender.looks().question is neighbour.looks().question is None


def test_another_kind_another_nik_or_a_closed_one_is_not_joined(sender, levels, services):
    nik = a_nik()
    sender.sends(a_draft(nik=nik))
    sender.sends(a_draft("sanggah", nik=nik))
    sender.sends(a_draft())
    sender.sends(a_draft(nik=None, no_nik="lost_papers"))
    sender.sends(a_draft(nik=None, no_nik="lost_papers"))
    assert len(rows(services, ProposalRow)) == 5
    again = a_nik()
    sender.sends(a_draft(nik=again))
    levels.takes("rejected", "dinsos", "well_off")
    sender.sends(a_draft(nik=again))
    assert len(rows(services, ProposalRow)) == 7


def test_two_who_name_different_places_meet_where_somebody_sees_both(sender, neighbour, heads, services):
    for role in ("rt", "kelurahan", "kecamatan"):
        heads.create(role)
    nik = a_nik()
    sender.sends(a_draft(nik=nik))
    elsewhere = Territory("32.71.05.1003", 1, 1)
    assert neighbour.sends(a_draft(nik=nik, territory=elsewhere)).territory.kelurahan != "Tegal Gundil"
    assert sender.looks().holder is neighbour.looks().holder is Holder.KECAMATAN
    assert neighbour.looks().territory.rw == 1
    assert copies_agree(services)


def test_two_who_send_at_once_are_one_proposal(services):
    from concurrent.futures import ThreadPoolExecutor

    nik = a_nik()
    with ThreadPoolExecutor(4) as together:
        list(together.map(lambda n: services.proposals.send(a_draft(nik=nik), asker=Asker.chat(5_000 + n)), range(8)))
    assert len(rows(services, ProposalRow)) == 1
    assert sorted(row.number for row in rows(services, ProposalEventRow)) == list(range(1, 9))

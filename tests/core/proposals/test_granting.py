"""A list that holds the proposer grants what was proposed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from salur.core.lists.lists import Lists
from salur.core.people.nik import Kk
from salur.core.proposals.kinds import Outcome, Step
from salur.core.tables.proposals import ProposalRow
from tests.fixtures.office import Recipient, a_kk, a_nik
from tests.fixtures.proposals import a_draft, copies_agree, log_of, rows, steps_of
from tests.fixtures.services import vault_of


def test_a_list_that_holds_the_proposer_grants_and_tells_who_follows(sender, office, services):
    nik = a_nik()
    sender.sends(a_draft(nik=nik))
    sender.follows(4242, "su")
    office.publishes(Recipient(), Recipient(nik=nik))
    status = sender.looks()
    assert (status.outcome, status.holder) == (Outcome.GRANTED, None)
    (notice,) = services.notices.take()
    assert (int(notice.address), notice.code, notice.language) == (4242, "proposal_step", "su")
    assert notice.facts["step"] == "granted"
    assert nik not in str(notice.facts)
    assert copies_agree(services)


def test_the_list_may_hold_someone_of_the_same_family_card(sender, office):
    kk = a_kk()
    sender.sends(a_draft(kk=Kk.parse(kk)))
    office.publishes(Recipient(name="ASEP", head_name="SITI MAESAROH", kk=kk))
    assert sender.looks().outcome is Outcome.GRANTED


def test_a_number_without_its_name_tells_nobody_that_a_stranger_is_listed(sender, neighbour, office):
    nik, kk = a_nik(), a_kk()
    sender.sends(a_draft(nik=nik, name="Budi Setiawan"))
    neighbour.sends(a_draft(kk=Kk.parse(kk), name="Budi Setiawan"))
    office.publishes(Recipient(name="ASEP", nik=nik), Recipient(name="UJANG", kk=kk))
    assert (sender.looks().outcome, neighbour.looks().outcome) == (None, None)


def test_name_after_name_under_a_number_finds_none_in_the_end(sender, neighbour, office):
    nik, letters = a_nik(), "BCDFGHJKLM"
    for letter in letters:
        neighbour.sends(a_draft(nik=nik, kk=None, name=f"{letter}udi Setiawan"))
    sender.sends(a_draft(nik=nik, kk=None))
    office.publishes(Recipient(nik=nik))
    assert sender.looks().outcome is None, "the eleventh name is not compared"


def test_whom_the_chain_accepted_is_granted_by_the_card_alone(sender, levels, office):
    kk = a_kk()
    sender.sends(a_draft(kk=Kk.parse(kk)))
    levels.takes("accepted", "dinsos")
    office.publishes(Recipient(name="ASEP", kk=kk))
    assert sender.looks().outcome is Outcome.GRANTED


@pytest.mark.parametrize("state", ["suspended", "taken_off"])
def test_who_is_named_but_gets_nothing_is_not_granted(sender, office, state):
    nik = a_nik()
    sender.sends(a_draft(nik=nik, kk=None))
    office.publishes(Recipient(nik=nik, state=state), Recipient())
    assert sender.looks().outcome is None


def test_a_draft_grants_nothing_and_neither_does_another_kind(sender, neighbour, office):
    nik = a_nik()
    sender.sends(a_draft(nik=nik))
    neighbour.sends(a_draft("sanggah", nik=nik))
    draft = office.drafts(Recipient(nik=nik))
    assert sender.looks().outcome is None
    office.agrees(draft)
    assert sender.looks().outcome is Outcome.GRANTED
    assert neighbour.looks().outcome is None


def test_what_was_accepted_is_granted_whenever_the_list_comes(sender, office, levels, clock):
    nik = a_nik()
    sender.sends(a_draft(nik=nik))
    levels.takes("accepted", "dinsos")
    assert sender.looks().outcome is Outcome.ACCEPTED
    clock.passes(days=60)
    office.publishes(Recipient(nik=nik))
    assert sender.looks().outcome is Outcome.GRANTED


@pytest.mark.parametrize(("days", "outcome"), [(13, Outcome.GRANTED), (15, Outcome.REJECTED)])
def test_what_was_rejected_is_granted_while_an_objection_is_possible(sender, office, levels, clock, days, outcome):
    nik = a_nik()
    sender.sends(a_draft(nik=nik))
    levels.takes("rejected", "dinsos", "well_off")
    clock.passes(days=days)
    office.publishes(Recipient(nik=nik))
    assert sender.looks().outcome is outcome


def test_a_kk_number_copied_down_a_whole_column_grants_nobody(sender, office):
    kk = a_kk()
    namesake = Recipient(kk=kk)
    sender.sends(a_draft(kk=Kk.parse(kk), name=namesake.name))
    office.publishes(namesake, *(Recipient(name=f"ORANG {n}", kk=kk) for n in range(40)))
    assert sender.looks().outcome is None


def test_a_family_that_is_listed_stage_by_stage_is_no_crowd(sender, office):
    mother = Recipient()
    sender.sends(a_draft(nik=a_nik(), kk=Kk.parse(mother.kk), name=mother.name))
    others = [Recipient(name=f"ANAK {n}", kk=mother.kk) for n in range(20)]
    office.publishes(*(replace(one, stage=stage) for one in (mother, *others) for stage in "12"))
    assert sender.looks().outcome is Outcome.GRANTED


def test_a_list_grants_many_at_once_and_tells_each_follower(sender, office, services, monkeypatch):
    monkeypatch.setattr("salur.core.proposals.log.AT_ONCE", 2)
    niks = [a_nik() for _ in range(5)]
    for chat, nik in enumerate(niks, 7_001):
        sender.sends(a_draft(nik=nik, kk=None))
        sender.follows(chat)
    office.publishes(*(Recipient(nik=nik) for nik in niks[:4]))
    assert sorted(int(notice.address) for notice in services.notices.take()) == [7_001, 7_002, 7_003, 7_004]
    assert sorted(str(row.outcome) for row in rows(services, ProposalRow)) == ["None", *["granted"] * 4]
    assert copies_agree(services)


def test_two_lists_that_grant_at_the_same_moment_grant_once(sender, services):
    sender.sends()
    (row,) = rows(services, ProposalRow)
    with services.database.writing() as connection:
        assert [log_of(services).grant(connection, [row.id]) for _ in range(2)] == [1, 0]
    assert steps_of(sender.looks()) == [Step.SENT, Step.GRANTED]


def test_a_list_that_fails_to_publish_grants_nothing(sender, office, services):
    nik = a_nik()
    sender.sends(a_draft(nik=nik))
    draft = office.drafts(Recipient(nik=nik))
    granting = (services.proposals.granted_by, lambda *_: 1 / 0)
    agreement = services.lists.change(draft).agreed()
    with pytest.raises(ZeroDivisionError):
        Lists(
            services.database,
            vault_of(services),
            services.clock,
            granting,
            today=services.imports.today,
            four_eyes=lambda: False,
        ).publish(agreement)
    assert sender.looks().outcome is None

"""Somebody leaves, and the next in the line gets the place: once, on a correcting list, by the usual publishing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from salur.core.errors import Refused
from salur.core.officers.roles import Role
from salur.core.people.nik import Kk
from salur.core.proposals.kinds import Outcome, Standing
from salur.core.tables.proposals import ProposalRow
from salur.core.waiting.kinds import LineStep
from tests.fixtures.corrections import WHY
from tests.fixtures.office import Office, Recipient, a_kk, a_nik
from tests.fixtures.proposals import rows
from tests.fixtures.waiting import DECREE, leaves, told

AMOUNT = 600_000


def full(office: Office, people: int = 3) -> list[Recipient]:
    """A list of APBD in force with so many people."""
    listed = [Recipient(name=f"PENERIMA {letter}", amount=AMOUNT) for letter in "ABCDEF"[:people]]
    office.publishes(*listed, programme="APBD")
    return listed


def test_somebody_dies_and_the_first_in_the_line_gets_the_place(line_desk, office, services):
    gone, *_ = full(office)
    line_desk.limits(3)
    first, second = line_desk.accepts("Ani Suryani"), line_desk.accepts("Budi Santoso")
    first.follows(4001)
    second.follows(4002)
    with pytest.raises(Refused, match="no_place_free"):
        line_desk.chooses("Ani Suryani")
    leaves(line_desk, office, gone, WHY)
    line = line_desk.line()
    assert (line.places.held, line.places.free, dict(line.left.off)) == (2, 1, {"died": 1})
    assert (line.next.name, line.amount) == ("Ani Suryani", AMOUNT)
    services.notices.take(most=100)
    with pytest.raises(Refused, match="line_changed"):
        line_desk.chooses("Budi Santoso")

    draft = line_desk.chooses("Ani Suryani")
    assert told(services) == [(4001, "line_step", "chosen"), (4002, "line_step", "first")]
    assert first.looks().lines[0].standing is Standing.CHOSEN
    assert first.looks().outcome is Outcome.ACCEPTED, "a draft grants nothing"
    assert (line_desk.line().places.free, line_desk.line().places.chosen) == (0, 1)
    (entry,) = line_desk.line(Standing.CHOSEN).entries
    assert (entry.name, entry.list) == ("Ani Suryani", draft)
    history = services.lists.history(draft)
    assert any(DECREE in (happened.why or "") for happened in history), "the quota's decree is the reason"

    office.agrees(draft)
    assert told(services) == [(4001, "proposal_step", "granted")]
    assert first.looks().outcome is Outcome.GRANTED
    assert first.looks().lines[0].standing is Standing.PLACED
    (line,) = second.looks().lines
    assert (line.standing, line.position, line.waiting) == (Standing.WAITING, 1, 1)
    places = line_desk.line().places
    assert (places.held, places.chosen, places.free) == (3, 0, 0)


def test_the_place_is_given_back_when_the_draft_is_thrown_away_or_the_row_is_taken_out(line_desk, office, services):
    full(office)
    line_desk.limits(4)
    sender = line_desk.accepts("Ani Suryani")
    sender.follows(4001)
    line_desk.chooses("Ani Suryani")
    services.choosing.take_back(line_desk.officer, "APBD", line_desk.id_of("Ani Suryani"))
    assert line_desk.stands("Ani Suryani") is Standing.WAITING
    assert [step for _, _, step in told(services)] == ["chosen", "back", "first"]
    draft = line_desk.chooses("Ani Suryani")
    services.lists.withdraw(draft, "salah")
    assert line_desk.stands("Ani Suryani") is Standing.WAITING
    assert line_desk.line().places.free == 1
    steps = [one.what for one in line_desk.line().decisions]
    assert steps == [LineStep.CHOSEN, LineStep.BACK, LineStep.CHOSEN]


def test_who_was_placed_waits_again_where_he_stood_when_the_list_is_taken_back(line_desk, office, services):
    full(office)
    line_desk.limits(4)
    line_desk.accepts("Ani Suryani")
    line_desk.accepts("Budi Santoso")
    draft = line_desk.chooses("Ani Suryani")
    office.agrees(draft)
    assert line_desk.stands("Ani Suryani") is Standing.PLACED
    services.lists.undo(draft, "salah")
    assert line_desk.stands("Ani Suryani") is Standing.CHOSEN, "the list is a draft again"
    services.choosing.take_back(line_desk.officer, "APBD", line_desk.id_of("Ani Suryani"))
    assert line_desk.names() == ["Ani Suryani", "Budi Santoso"]
    assert line_desk.line().places.free == 1


def test_who_was_placed_and_is_dropped_by_the_next_list_is_lost_in_no_silence(line_desk, office, services):
    people = full(office)
    line_desk.limits(4)
    first = line_desk.accepts("Ani Suryani")
    office.agrees(line_desk.chooses("Ani Suryani"))
    office.publishes(*people, programme="APBD", period="2026-T2")
    assert line_desk.stands("Ani Suryani") is Standing.DROPPED
    assert line_desk.line().counts.set_aside == 1
    assert first.looks().lines[0].standing is Standing.DROPPED
    services.choosing.put_back(line_desk.officer, "APBD", line_desk.id_of("Ani Suryani"))
    assert line_desk.names() == ["Ani Suryani"]


def test_who_is_chosen_and_granted_elsewhere_meanwhile_is_pointed_out(line_desk, office, services):
    full(office)
    line_desk.limits(4)
    nik = a_nik()
    line_desk.accepts("Ani Suryani", nik)
    line_desk.chooses("Ani Suryani")
    office.publishes(Recipient(nik=nik), programme="PKH")
    (entry,) = line_desk.line(Standing.CHOSEN).entries
    assert entry.elsewhere
    services.choosing.take_back(line_desk.officer, "APBD", entry.id)
    assert line_desk.names(*Standing) == [], "another list has granted it: he waits for none any more"


def test_a_place_needs_a_list_in_force(line_desk, office, services):
    line_desk.limits(4)
    line_desk.accepts("Ani Suryani")
    with pytest.raises(Refused, match="no_list_there"):
        line_desk.chooses("Ani Suryani")
    assert line_desk.line().amount is None


def test_who_has_a_family_card_alone_can_be_chosen(line_desk, office):
    full(office)
    line_desk.limits(4)
    sender = line_desk.accepts("Ani Suryani", None, no_nik="lost_papers", kk=Kk.parse(a_kk()))
    office.agrees(line_desk.chooses("Ani Suryani"))
    assert sender.looks().outcome is Outcome.GRANTED


def test_the_sums_agree_all_the_way(line_desk, office, services):
    full(office)
    line_desk.limits(5)
    nik = a_nik()
    office.publishes(Recipient(nik=nik), programme="PKH")
    services.confirmations.confirm("APBD", "PKH", "SK 7", line_desk.officer.account, excludes=True)
    for name in ("Ani Suryani", "Budi Santoso", "Cici Lestari", "Dedi Mulyana"):
        line_desk.accepts(name)
    line_desk.accepts("Dua Program", nik)
    office.agrees(line_desk.chooses("Ani Suryani"))
    line_desk.chooses("Budi Santoso")
    line_desk.skips("Cici Lestari")
    counts = line_desk.line().counts
    waiting, chosen, placed = (counts[one] for one in (Standing.WAITING, Standing.CHOSEN, Standing.PLACED))
    assert (waiting, chosen, placed, counts.set_aside) == (1, 1, 1, 2)
    outcomes = [row.outcome for row in rows(services, ProposalRow)]
    assert counts.all == len(outcomes) == 5
    assert outcomes.count("granted") == placed


def test_two_operators_at_once_give_one_place_once(line_desk, heads, office, services):
    full(office)
    line_desk.limits(4)
    line_desk.accepts("Ani Suryani")
    line_desk.accepts("Budi Santoso")
    operators = [line_desk.officer, heads.create(Role.DINSOS)]
    id, start = line_desk.id_of("Ani Suryani"), Barrier(2)

    def press(officer: Any) -> str:
        start.wait()
        try:
            services.choosing.choose(officer, "APBD", id, AMOUNT)
        except Refused as refused:
            return refused.code
        return "chosen"

    with ThreadPoolExecutor(2) as both:
        done = sorted(both.map(press, operators))
    assert done[0] == "chosen"
    assert done[1] in ("line_changed", "no_place_free", "listed_already")
    places = line_desk.line().places
    assert (places.chosen, places.free) == (1, 0)


def test_what_another_operator_did_since_it_was_looked_at_counts(line_desk, heads, office, services, monkeypatch):
    """One has pressed; before it is written another passes that one over, and gives the last place to the next."""
    full(office)
    line_desk.limits(4)
    line_desk.accepts("Ani Suryani")
    line_desk.accepts("Budi Santoso")
    first, second = line_desk.id_of("Ani Suryani"), line_desk.id_of("Budi Santoso")
    add, other = services.corrections.add, heads.create(Role.DINSOS)

    def later(*told: Any, **more: Any) -> int:
        monkeypatch.undo()
        services.choosing.skip(other, "APBD", first, "not_reached")
        services.choosing.choose(other, "APBD", second, AMOUNT)
        return add(*told, **more)

    monkeypatch.setattr(services.corrections, "add", later)
    with pytest.raises(Refused, match="line_changed"):
        services.choosing.choose(line_desk.officer, "APBD", first, AMOUNT)
    assert line_desk.stands("Ani Suryani") is Standing.SKIPPED
    (entry,) = line_desk.line(Standing.CHOSEN).entries
    assert entry.name == "Budi Santoso"
    assert services.lists.show(entry.list).people == 1

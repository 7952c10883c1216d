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


def test_somebody_dies_and_the_first_in_the_line_gets_the_place(desk, office, services):
    gone, *_ = full(office)
    desk.limits(3)
    first, second = desk.accepts("Ani Suryani"), desk.accepts("Budi Santoso")
    first.follows(4001)
    second.follows(4002)
    with pytest.raises(Refused, match="no_place_free"):
        desk.chooses("Ani Suryani")
    leaves(desk, office, gone, WHY)
    line = desk.line()
    assert (line.places.held, line.places.free, dict(line.left.off)) == (2, 1, {"died": 1})
    assert (line.next.name, line.amount) == ("Ani Suryani", AMOUNT)
    services.notices.take(most=100)
    with pytest.raises(Refused, match="line_changed"):
        desk.chooses("Budi Santoso")

    draft = desk.chooses("Ani Suryani")
    assert told(services) == [(4001, "line_step", "chosen"), (4002, "line_step", "first")]
    assert first.looks().lines[0].standing is Standing.CHOSEN
    assert first.looks().outcome is Outcome.ACCEPTED, "a draft grants nothing"
    assert (desk.line().places.free, desk.line().places.chosen) == (0, 1)
    (entry,) = desk.line(Standing.CHOSEN).entries
    assert (entry.name, entry.list) == ("Ani Suryani", draft)
    history = services.lists.history(draft)
    assert any(DECREE in (happened.why or "") for happened in history), "the quota's decree is the reason"

    office.agrees(draft)
    assert told(services) == [(4001, "proposal_step", "granted")]
    assert first.looks().outcome is Outcome.GRANTED
    assert first.looks().lines[0].standing is Standing.PLACED
    (line,) = second.looks().lines
    assert (line.standing, line.position, line.waiting) == (Standing.WAITING, 1, 1)
    places = desk.line().places
    assert (places.held, places.chosen, places.free) == (3, 0, 0)


def test_the_place_is_given_back_when_the_draft_is_thrown_away_or_the_row_is_taken_out(desk, office, services):
    full(office)
    desk.limits(4)
    sender = desk.accepts("Ani Suryani")
    sender.follows(4001)
    desk.chooses("Ani Suryani")
    services.choosing.take_back(desk.officer, "APBD", desk.id_of("Ani Suryani"))
    assert desk.stands("Ani Suryani") is Standing.WAITING
    assert [step for _, _, step in told(services)] == ["chosen", "back", "first"]
    draft = desk.chooses("Ani Suryani")
    services.lists.withdraw(draft, "salah")
    assert desk.stands("Ani Suryani") is Standing.WAITING
    assert desk.line().places.free == 1
    steps = [one.what for one in desk.line().decisions]
    assert steps == [LineStep.CHOSEN, LineStep.BACK, LineStep.CHOSEN]


def test_who_was_placed_waits_again_where_he_stood_when_the_list_is_taken_back(desk, office, services):
    full(office)
    desk.limits(4)
    desk.accepts("Ani Suryani")
    desk.accepts("Budi Santoso")
    draft = desk.chooses("Ani Suryani")
    office.agrees(draft)
    assert desk.stands("Ani Suryani") is Standing.PLACED
    services.lists.undo(draft, "salah")
    assert desk.stands("Ani Suryani") is Standing.CHOSEN, "the list is a draft again"
    services.choosing.take_back(desk.officer, "APBD", desk.id_of("Ani Suryani"))
    assert desk.names() == ["Ani Suryani", "Budi Santoso"]
    assert desk.line().places.free == 1


def test_who_is_chosen_and_granted_elsewhere_meanwhile_is_pointed_out(desk, office, services):
    full(office)
    desk.limits(4)
    nik = a_nik()
    desk.accepts("Ani Suryani", nik)
    desk.chooses("Ani Suryani")
    office.publishes(Recipient(nik=nik), programme="PKH")
    (entry,) = desk.line(Standing.CHOSEN).entries
    assert entry.elsewhere
    services.choosing.take_back(desk.officer, "APBD", entry.id)
    assert desk.names(*Standing) == [], "another list has granted it: he waits for none any more"


def test_a_place_needs_a_list_in_force(desk, office, services):
    desk.limits(4)
    desk.accepts("Ani Suryani")
    with pytest.raises(Refused, match="no_list_there"):
        desk.chooses("Ani Suryani")
    assert desk.line().amount is None


def test_who_has_a_family_card_alone_can_be_chosen(desk, office):
    full(office)
    desk.limits(4)
    sender = desk.accepts("Ani Suryani", None, no_nik="lost_papers", kk=Kk.parse(a_kk()))
    office.agrees(desk.chooses("Ani Suryani"))
    assert sender.looks().outcome is Outcome.GRANTED


def test_the_sums_agree_all_the_way(desk, office, services):
    full(office)
    desk.limits(5)
    nik = a_nik()
    office.publishes(Recipient(nik=nik), programme="PKH")
    services.confirmations.confirm("APBD", "PKH", "SK 7", desk.officer.account, excludes=True)
    for name in ("Ani Suryani", "Budi Santoso", "Cici Lestari", "Dedi Mulyana"):
        desk.accepts(name)
    desk.accepts("Dua Program", nik)
    office.agrees(desk.chooses("Ani Suryani"))
    desk.chooses("Budi Santoso")
    desk.skips("Cici Lestari")
    counts = desk.line().counts
    waiting, chosen, placed = (counts[one] for one in (Standing.WAITING, Standing.CHOSEN, Standing.PLACED))
    assert (waiting, chosen, placed, counts.set_aside) == (1, 1, 1, 2)
    outcomes = [row.outcome for row in rows(services, ProposalRow)]
    assert counts.all == len(outcomes) == 5
    assert outcomes.count("granted") == placed


def test_two_operators_at_once_give_one_place_once(desk, heads, office, services):
    full(office)
    desk.limits(4)
    desk.accepts("Ani Suryani")
    desk.accepts("Budi Santoso")
    operators = [desk.officer, heads.create(Role.DINSOS)]
    id, start = desk.id_of("Ani Suryani"), Barrier(2)

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
    places = desk.line().places
    assert (places.chosen, places.free) == (1, 0)


def test_what_another_operator_did_since_it_was_looked_at_counts(desk, heads, office, services, monkeypatch):
    """One has pressed; before it is written another passes that one over, and gives the last place to the next."""
    full(office)
    desk.limits(4)
    desk.accepts("Ani Suryani")
    desk.accepts("Budi Santoso")
    first, second = desk.id_of("Ani Suryani"), desk.id_of("Budi Santoso")
    add, other = services.corrections.add, heads.create(Role.DINSOS)

    def later(*told: Any, **more: Any) -> int:
        monkeypatch.undo()
        services.choosing.skip(other, "APBD", first, "not_reached")
        services.choosing.choose(other, "APBD", second, AMOUNT)
        return add(*told, **more)

    monkeypatch.setattr(services.corrections, "add", later)
    with pytest.raises(Refused, match="line_changed"):
        services.choosing.choose(desk.officer, "APBD", first, AMOUNT)
    assert desk.stands("Ani Suryani") is Standing.SKIPPED
    (entry,) = desk.line(Standing.CHOSEN).entries
    assert entry.name == "Budi Santoso"
    assert services.lists.show(entry.list).people == 1

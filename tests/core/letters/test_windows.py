"""Letters of families whom a plan has placed within their sitting: each its own hour, also when that moves."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from salur.core.letters.issuing.kinds import Verdict
from salur.core.maintenance.backups.backups import Backups
from salur.core.maintenance.rotation import Rotation
from salur.core.officers.roles import Role
from salur.core.payouts.answers import PlaceKind
from salur.core.payouts.places.answers import PlaceFacts
from salur.core.payouts.planning.answers import WhenWhere
from salur.core.payouts.spreading.answers import WantedSitting, Wish
from salur.core.people.nik import Nik
from salur.wiring import build
from tests.fixtures.letters import VISITOR
from tests.fixtures.office import TEGAL_GUNDIL, Recipient

MONDAY, WEDNESDAY, EIGHT, TEN = dt.date(2026, 2, 23), dt.date(2026, 2, 25), dt.time(8), dt.time(10)


@pytest.fixture
def planned(services, heads, office):
    """Six families, three in each hour of a morning; who planned it and the sitting's number."""
    office.publishes(*(families := [Recipient(name=f"SITI {name}") for name in ("A", "B", "C", "D", "E", "F")]))
    planner = heads.create(Role.DINSOS)
    hall = services.places.add(planner, PlaceFacts("Balai Warga", PlaceKind.VILLAGE_HALL, TEGAL_GUNDIL))
    wish = Wish("PKH", "2026-T1", (TEGAL_GUNDIL,), (WantedSitting(hall, MONDAY, EIGHT, TEN, 3),))
    draft = services.spreading.propose(planner, wish)
    services.spreading.publish(planner, draft, services.spreading.look(planner, draft).digest, agreed=True)
    return families, planner, hall


def test_each_letter_tells_the_hour_that_the_answer_tells(planned, services, press):
    families, _, _ = planned
    letters = {letter.name: letter for letter in press.prints().letters}
    for one in families:
        (said,) = services.lookup.ask(Nik.parse(one.nik), one.name, asker=VISITOR).present
        assert letters[one.name].window == said.next_sitting.window[:2]
        told = press.verifies(letters[one.name].code)
        assert (told.verdict, told.was) == (Verdict.GENUINE, None)
        assert told.said.next_sitting.window == said.next_sitting.window
    assert len({letter.window for letter in letters.values()}) == 2


def test_a_sitting_that_moves_is_told_with_the_hour_on_the_paper(planned, services, press):
    _, planner, hall = planned
    letter = press.prints().letters[0]
    (one,) = services.planning.board(planner)
    draft = services.planning.move(planner, one.areas[0].sitting, WhenWhere(WEDNESDAY, EIGHT, TEN, None, hall))
    services.planning.publish(planner, draft, services.planning.look(planner, draft).digest, agreed=True)
    told = press.verifies(letter.code)
    assert told.was.comes[:2] == letter.window
    assert told.said.next_sitting.window.starts.day == 25


def test_new_keys_and_a_backup_brought_back_leave_letters_genuine_and_files_readable(
    planned, services, press, clock, tmp_path, new_database
):
    printed = press.prints()
    before = [press.verifies(letter.code) for letter in printed.letters]
    settings = services.settings
    rotation = Rotation(services.database, settings.keys_file)
    rotation.rotate()
    rotation.retire()
    made = Backups(settings.database_url, settings.keys_file, clock).make(tmp_path / "backups", keep=1)
    with new_database(empty=True) as elsewhere:
        Backups(elsewhere, settings.keys_file, clock).restore(made.file)
        there = build(replace(settings, database_url=elsewhere), clock=clock)
        try:
            told = [there.verifying.verify(letter.code, asker=VISITOR) for letter in printed.letters]
            assert there.letter_desk.fetch(press.officer, printed.id, 1) == b"letters"
        finally:
            there.database.dispose()
    assert told == before
    assert {one.verdict for one in told} == {Verdict.GENUINE}
    assert all(one.said and one.said.next_sitting and one.said.next_sitting.window for one in told)

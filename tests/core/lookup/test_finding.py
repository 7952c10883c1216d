"""How much is done: of a miss as much whatever is there; of a right answer only what the door shows now."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from salur.core.limits.asker import Asker
from salur.core.lookup import finding, saying
from salur.core.lookup.answers import Listed, NotOnTheList, OnTheList
from salur.core.names.parts import read_name
from salur.core.people.nik import Nik
from salur.core.tables.limits import TallyRow
from salur.core.tables.privacy import AccessRow
from tests.fixtures.office import Announced, Recipient, a_nik

FIRST = ("SITI", "DEWI", "NURUL", "ENTIN", "YANTI", "TUTI", "RINA", "LILIS", "EUIS", "IMAS", "NENENG", "WIWIN")


@pytest.fixture
def compared(services, office, monkeypatch):
    """Ask, and tell how many names were taken apart for the answer: `compared(nik, name)`."""
    taken: list[str] = []

    def told(name: str):
        taken.append(name)
        return read_name(name)

    monkeypatch.setattr(finding, "read_name", told)

    def ask(nik: str, name: str):
        taken.clear()
        asker = Asker.chat(int(a_nik()))
        return services.lookup.ask(Nik.parse(nik), name, asker=asker), len(taken)

    return ask


@pytest.fixture
def village(office):
    people = [Recipient(name=f"{first} MAESAROH") for first in FIRST]
    office.publishes(*people)
    return people


def test_a_miss_takes_as_many_names_apart_whatever_the_number_and_the_name_are(village, compared):
    misses = [compared(nik, name) for nik in (village[0].nik, a_nik(), a_nik()) for name in ("Budi Santoso", "Joko")]
    misses += [compared(a_nik(), person.name) for person in village]
    misses += [compared(village[0].nik, person.name) for person in village[1:4]]
    assert {answer for answer, _ in misses} == {NotOnTheList()}
    assert len({work for _, work in misses}) == 1


def test_who_types_the_name_as_it_is_listed_is_found_without_weighing(village, compared):
    found, work = compared(village[3].nik, " Entin  Maesaroh")
    assert isinstance(found, OnTheList)
    assert work == 0
    otherwise, work = compared(village[3].nik, "Entin Maesarah")
    assert isinstance(otherwise, OnTheList)
    assert work > 0


def written(services) -> tuple[list[tuple[int, ...]], list[tuple[str, ...]]]:
    """What is written of a try: how many, and who looked at whom."""
    with services.database.reading() as connection:
        tallies = connection.execute(select(TallyRow.tries, TallyRow.opened, TallyRow.span)).all()
        looks = connection.execute(select(AccessRow.person_id, AccessRow.door)).all()
    return sorted(tuple(map(int, row)) for row in tallies), sorted(tuple(map(str, row)) for row in looks)


def test_the_way_to_an_answer_is_counted_and_recorded_as_the_answer_is(services, village, office):
    office.announces(Announced())
    nik, name = Nik.parse(village[0].nik), village[0].name
    found = services.lookup.find(nik, name, asker=Asker.chat(1))
    tallies_of_one, looks_of_one = written(services)
    services.lookup.ask(Nik.parse(village[1].nik), village[1].name, asker=Asker.chat(2))
    tallies, looks = written(services)
    assert [door for _, door in looks] == [door for _, door in looks_of_one] * 2
    assert tallies == sorted(tallies_of_one * 2)
    assert isinstance(found, Listed)
    assert found.present
    assert services.lookup.again(found.way_back) == services.lookup.ask(nik, name, asker=Asker.chat(3))


def test_a_miss_on_the_way_is_a_miss(services, village):
    nik = Nik.parse(village[0].nik)
    misses = [services.lookup.find(nik, "Budi", asker=Asker.chat(1)) for _ in range(2)]
    assert [miss.tries_left for miss in misses] == [2, 1]
    assert services.lookup.ask(nik, "Joko", asker=Asker.chat(1)).next_refusal is not None


def test_who_is_only_shown_the_way_has_nothing_put_together(services, village, monkeypatch):
    def asked(*_args: object, **_options: object) -> None:
        raise AssertionError("an entitlement was put together")

    monkeypatch.setattr(saying, "own_sittings", asked)
    assert isinstance(services.lookup.find(Nik.parse(village[0].nik), village[0].name, asker=Asker.chat(1)), Listed)

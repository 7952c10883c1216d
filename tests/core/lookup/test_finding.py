"""How much is compared: of a miss as much whatever is there, of a name that was typed as it is listed nothing more."""

from __future__ import annotations

import pytest

from salur.core.limits.asker import Asker
from salur.core.lookup import finding
from salur.core.lookup.answers import NotOnTheList, OnTheList
from salur.core.people.nik import Nik
from tests.fixtures.office import Recipient, a_nik

FIRST = ("SITI", "DEWI", "NURUL", "ENTIN", "YANTI", "TUTI", "RINA", "LILIS", "EUIS", "IMAS", "NENENG", "WIWIN")


@pytest.fixture
def compared(services, office, monkeypatch):
    """Ask, and tell how many names were taken apart for the answer: `compared(nik, name)`."""
    taken: list[str] = []
    read = finding.read_name

    def told(name: str):
        taken.append(name)
        return read(name)

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

"""In the sample city nobody who stands on the list in force is told that he is off, under either of his numbers."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, datetime
from itertools import count
from pathlib import Path
from random import Random

import pytest

from salur.cli.list_files import import_list
from salur.core.limits.asker import Asker
from salur.core.lists.importing.facts import ListFacts
from salur.core.lists.kinds import State
from salur.core.lookup.answers import OnTheList
from salur.core.people.nik import Kk, Nik
from salur.sample.aid import Grant, aid
from salur.sample.people import population
from salur.wiring import Services, build
from tests.fixtures.services import NOON, Clock, settings_in
from tests.sample.conftest import TODAY, City, make_city

PEOPLE, SEED = 5000, 1  # what `make run` shows
SAID_BY_THE_OFFICE = {"MENINGGAL", "PINDAH ALAMAT", "SUDAH MAMPU", "DATA GANDA"}


@pytest.fixture(scope="module")
def pkh(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Services, City]]:
    """The two lists of PKH in each of the two cities, published one after the other. On SQLite alone: the city is
    large, and the rules are tested on both elsewhere."""
    folder = tmp_path_factory.mktemp("pkh")
    shutil.copy(sqlite_template, folder / "salur.sqlite3")
    clock = Clock(datetime.combine(TODAY, NOON.timetz()))
    services = build(settings_in(folder, f"sqlite:///{folder / 'salur.sqlite3'}"), clock=clock)
    city = make_city(folder / "city", PEOPLE, seed=SEED)
    for entry in (entry for entry in city.manifest["lists"] if entry["programme"] == "PKH"):
        issued = date.fromisoformat(entry["issued"])
        facts = ListFacts("PKH", entry["period"], entry["decree"], issued, entry["issuer"])
        draft = import_list(services, city.folder / entry["file"], facts)
        services.lists.confirm_states(draft)
        services.lists.publish(services.lists.change(draft).agreed())
    yield services, city
    services.database.dispose()


@pytest.fixture
def services(pkh: tuple[Services, City]) -> Services:
    """The services that know them; both stories only ask."""
    return pkh[0]


def listed_twice() -> Iterator[Grant]:
    """The lines of the list in force of those whom the list before named too."""
    rng = Random(f"{SEED} aid")
    for household in population(PEOPLE, SEED, today=TODAY):
        grants = [grant for grant in aid(household, rng) if grant.programme == "PKH"]
        before = {grant.person.nik for grant in grants if grant.previous}
        yield from (grant for grant in grants if not grant.previous and grant.person.nik in before)


def test_nobody_on_the_list_in_force_is_told_that_he_is_off(services: Services) -> None:
    askers = count()
    told: list[str] = []
    asked = 0
    for grant in listed_twice():
        if grant.note in SAID_BY_THE_OFFICE:
            continue
        for number in (Nik.parse(grant.person.nik), Kk.parse(grant.household.kk)):
            asker = Asker.address("10.{}.{}.{}".format(*next(askers).to_bytes(3, "big")))
            answer = services.lookup.ask(number, grant.person.name, asker=asker)
            if isinstance(answer, OnTheList):
                asked += 1
                told += [str(number) for entitlement in answer.present if entitlement.state is State.TAKEN_OFF]
    assert told == []
    assert asked > 2500


def test_who_is_gone_is_still_told_so(services: Services, pkh: tuple[Services, City]) -> None:
    gone = pkh[1].manifest["try"]["taken_off_without_reason"]
    answer = services.lookup.ask(Nik.parse(gone["nik"]), gone["name"], asker=Asker.address("203.0.113.7"))
    assert isinstance(answer, OnTheList)
    assert [entitlement.state for entitlement in answer.present] == [State.TAKEN_OFF]

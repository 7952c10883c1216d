"""The list with which a head walks: the own area, the houses in their order, the numbers of letters."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from salur.core.errors import NotThere
from salur.core.limits.kinds import Door
from salur.core.neighbourhood.answers import Filter
from salur.core.officers.roles import Role
from salur.core.tables.privacy import AccessRow
from tests.fixtures.office import Announced, Recipient, Reported

PAID = Recipient(name="EUIS KOMARIAH")


@pytest.fixture
def round_(office):
    """Three who are to collect, and one who was paid."""
    office.publishes(
        Recipient(name="SITI MAESAROH", address="Jl. Roda No. 12"),
        Recipient(name="NENENG YATI", address="Jl. Roda No. 5"),
        Recipient(name="ASEP SUNANDAR", rt=4),
        PAID,
    )
    office.hears(Reported(nik=PAID.nik, name=PAID.name))
    office.announces(Announced())


def walked(services, officer, **filter):
    """Name and number of each stop."""
    walk = services.walks.of(officer, Filter(**filter), door=Door.SITE)
    return [(stop.name, stop.number) for stop in walk.stops]


def test_a_head_walks_from_house_to_house_to_all_who_are_to_collect(round_, services, heads):
    walk = services.walks.of(heads.create(Role.RW), Filter(), door=Door.SITE)
    assert [(stop.name, stop.address, stop.rt) for stop in walk.stops] == [
        ("NENENG YATI", "Jl. Roda No. 5", 3),
        ("SITI MAESAROH", "Jl. Roda No. 12", 3),
        ("ASEP SUNANDAR", "Jl. Roda No. 5", 4),
    ]
    assert walk.rounds == (("Program Keluarga Harapan", "2026-T1"),)
    assert {stop.window[0].hour for stop in walk.stops if stop.window} == {8}
    assert {stop.aid for stop in walk.stops} == {""}


def test_letters_that_are_good_have_their_number(round_, services, heads, press, clock):
    head = heads.create(Role.RT)
    assert walked(services, head) == [("NENENG YATI", ""), ("SITI MAESAROH", "")]
    press.prints()
    clock.passes(hours=1)
    press.prints()
    entitlement = services.neighbourhood.page(head, Filter(name="siti"), door=Door.SITE).lines[0].entitlement
    services.letters.of_one(head, entitlement, door=Door.SITE)
    assert walked(services, head) == [("NENENG YATI", "3271/000004"), ("SITI MAESAROH", "3271/000005")]


def test_of_several_programmes_each_stop_says_which(round_, services, heads, office):
    office.publishes(Recipient(name="ASEP SUNANDAR", rt=4), programme="SEMBAKO")
    office.announces(Announced(programme="SEMBAKO"))
    stops = services.walks.of(heads.create(Role.RW), Filter(rt=4), door=Door.SITE).stops
    assert sorted(stop.aid for stop in stops) == ["PKH", "SEMBAKO"]


def test_it_is_an_export_of_the_own_area(round_, services, heads):
    head = heads.create(Role.RT)
    with pytest.raises(NotThere):
        walked(services, head, rt=4)
    walked(services, head)
    with services.database.reading() as connection:
        assert set(connection.execute(select(AccessRow.what, AccessRow.role)).all()) == {("export", "rt")}

"""Whoever agrees twice under one answer has one calendar; and nobody comes to another's by it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from sqlalchemy import func, select

from salur.core.errors import NotThere, Refused
from salur.core.following.following import Following
from salur.core.limits.asker import Asker
from salur.core.people.nik import Nik
from salur.core.tables.following import FollowRow

PHONE, ELSEWHERE = Asker.address("203.0.113.7"), Asker.address("198.51.100.9")
SOON = 0.3  # seconds in which who does not wait for the other would be done


@pytest.fixture
def asks(services, office, mother):
    """`asks()`: ask rightly; gives the way back to that answer."""
    office.publishes(mother)
    return lambda asker=PHONE: services.lookup.ask(Nik.parse(mother.nik), mother.name, asker=asker).way_back


@pytest.fixture
def many(services):
    """`many()`: how many calendars there are."""

    def count():
        with services.database.reading() as connection:
            return connection.execute(select(func.count()).select_from(FollowRow)).scalar_one()

    return count


def test_under_one_answer_it_is_the_same_one_however_often(services, asks, many, mother):
    way_back = asks()
    made = {services.calendars.make(way_back, language, asker=PHONE) for language in ("id", "id", "su")}
    assert len(made) == many() == 1
    answer = services.lookup.ask(Nik.parse(mother.nik), mother.name, asker=PHONE)
    looks = services.my_data.history(answer.key, asker=PHONE).looks
    assert [look.what for look in looks].count("follow_calendar") == 1


def test_who_presses_ten_times_has_used_up_one_of_the_day(services, asks):
    way_back = asks()
    for _ in range(11):
        services.calendars.make(way_back, None, asker=PHONE)
    for _ in range(9):
        services.calendars.make(asks(), None, asker=PHONE)
    with pytest.raises(Refused, match="calendars_enough"):
        services.calendars.make(asks(), None, asker=PHONE)


def test_pressed_twice_at_once_it_is_one(services, asks, many, monkeypatch):
    """The phone may have changed its network in between, so it is not told by the address."""
    begun, go_on, begin = Event(), Event(), Following.begin

    def slowly(*args):
        begin(*args)
        begun.set()
        assert go_on.wait(20)

    monkeypatch.setattr(Following, "begin", slowly)
    way_back = asks()
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(services.calendars.make, way_back, None, asker=PHONE)
        assert begun.wait(20)
        second = threads.submit(services.calendars.make, way_back, None, asker=ELSEWHERE)
        go_on.wait(SOON)
        go_on.set()
        assert first.result(20) == second.result(20)
    assert many() == 1


def test_an_ended_one_does_not_come_back_under_its_address(services, asks):
    way_back = asks()
    ended = services.calendars.make(way_back, None, asker=PHONE)
    services.calendars.end(ended)
    anew = services.calendars.make(way_back, None, asker=PHONE)
    assert anew != ended
    with pytest.raises(NotThere):
        services.calendars.read(ended)


def test_another_browser_that_was_answered_the_same_gets_its_own(services, asks, many):
    hers, his = (services.calendars.make(asks(asker), None, asker=asker) for asker in (PHONE, ELSEWHERE))
    assert hers != his
    services.calendars.end(his)
    assert (services.calendars.read(hers).language, many()) == (None, 1)


def test_a_way_back_that_is_over_leads_to_no_calendar(services, asks, clock):
    way_back = asks()
    services.calendars.make(way_back, None, asker=PHONE)
    clock.passes(minutes=16)
    with pytest.raises(Refused, match="key_expired"):
        services.calendars.make(way_back, None, asker=PHONE)

"""A list steps back in parts, one after the other, and comes back so; what corrected its people comes with them."""

from __future__ import annotations

import pytest

from salur.core.limits.asker import Asker
from salur.core.lists.kinds import Coverage, State
from salur.core.people.nik import Nik
from tests.fixtures.office import Recipient

RW = Coverage.RW
HOME = Asker.address("203.0.113.7")
OFF = (State.TAKEN_OFF, None)
AS_BEFORE = (State.ENTITLED, 600_000)
HERE, THERE = (State.ENTITLED, 1), (State.ENTITLED, 2)  # as they are corrected


@pytest.fixture
def here():
    """Somebody of RW 1."""
    return Recipient(rw=1)


@pytest.fixture
def there():
    """Somebody of RW 2."""
    return Recipient(rw=2)


@pytest.fixture
def told(services, here, there):
    """What the two are told of the list in force."""

    def asked():
        answers = [services.lookup.ask(Nik(one.nik), one.name, asker=HOME) for one in (here, there)]
        return tuple((aid.state, aid.amount) for answer in answers for aid in answer.present)

    return asked


@pytest.fixture
def corrected(office, koreksi, here, there):
    """The list of last year, and the list that corrects both."""
    base = office.publishes(here, there, Recipient(rw=1), Recipient(rw=2), period="2025-T4")
    koreksi.drafts(here, amount=1)
    return base, koreksi.publishes(there, amount=2)


@pytest.fixture
def comes(office, clock):
    """Put a list in force a minute later; nobody on it was on the list before."""

    def published(*rws, coverage=RW):
        clock.passes(minutes=1)
        list_id = office.publishes(*(Recipient(rw=rw) for rw in rws), coverage=coverage)
        clock.passes(minutes=1)
        return list_id

    return published


def _part(services, taker):
    """The part of the first list that a later one took."""
    (part,) = (
        one.id
        for one in services.lists.all()
        if one.superseded_by == taker and one.corrects is None and one.part_of is not None
    )
    return part


def test_the_first_of_two_that_took_its_parts_is_undone(services, corrected, comes, told):
    first, second = comes(1), comes(2)
    assert told() == (OFF, OFF)
    services.lists.undo(first, "wrong")
    assert told() == (HERE, OFF)
    services.lists.undo(second, "wrong")
    assert told() == (HERE, THERE)
    services.lists.undo(corrected[1], "wrong")
    assert told() == (AS_BEFORE, AS_BEFORE)


def test_a_part_is_restored_by_itself(services, corrected, comes, told):
    part = _part(services, comes(1))
    services.lists.restore(part)
    assert told() == (HERE, THERE)
    comes(1)
    assert told() == (OFF, THERE)
    services.lists.restore(part)
    assert told() == (HERE, THERE)


def test_a_part_is_restored_while_the_rest_stays_with_what_came(services, corrected, comes, told):
    part = _part(services, comes(1))
    whole = comes(1, 2, coverage=Coverage.KELURAHAN)
    services.lists.restore(part)
    assert told() == (HERE, OFF)
    services.lists.withdraw(whole, "wrong")
    services.lists.restore(corrected[0])
    assert told() == (HERE, THERE)


def test_of_what_ended_at_once_a_part_comes_back_with_its_own_people_alone(services, corrected, comes, told):
    first = comes(1)
    part = _part(services, first)
    services.lists.undo(first, "wrong")  # the part is a list of its own from now on
    whole = comes(1, 2, coverage=Coverage.KELURAHAN)
    services.lists.restore(part)
    assert told() == (HERE, OFF)
    services.lists.undo(whole, "wrong")
    assert told() == (HERE, THERE)
    services.lists.undo(corrected[1], "wrong")
    assert told() == (AS_BEFORE, AS_BEFORE)

"""What the desk plans is read at both doors as soon as it is published, and not a moment before."""

from __future__ import annotations

import datetime as dt

import pytest

from salur.core.officers.roles import Officer, Role
from salur.core.payouts.planning.answers import WhenWhere
from salur.wiring import Services
from tests.fixtures.office import Announced, Office, Recipient
from tests.fixtures.officers import Heads
from tests.journeys.doors import Resident


@pytest.fixture
def planner(heads: Heads) -> Officer:
    """Somebody at Dinas Sosial Kota Bogor."""
    return heads.create(Role.DINSOS)


def published(services: Services, planner: Officer, draft: int) -> None:
    """Look at a draft, agree to it, and publish it."""
    services.planning.publish(planner, draft, services.planning.look(planner, draft).digest, agreed=True)


def test_a_move_a_cancellation_and_their_undoing_are_read_at_once(
    resident: Resident, services: Services, office: Office, planner: Officer
) -> None:
    mother = Recipient()
    office.publishes(mother)
    office.announces(Announced(rw=5))
    (announced,) = services.planning.board(planner)
    place, id = announced.sitting.place.id, announced.areas[0].sitting or 0
    when = WhenWhere(dt.date(2026, 2, 25), dt.time(9), dt.time(12), None, place)

    def reads() -> str:
        return resident.another().asks(mother.nik, mother.name)

    move = services.planning.move(planner, id, when)
    assert "Semula" not in reads()
    published(services, planner, move)
    assert "Semula Selasa, 24 Februari. Sekarang Rabu, 25 Februari" in reads()
    (moved,) = services.planning.board(planner)
    cancelled = services.planning.cancel(planner, moved.areas[0].sitting or 0)
    published(services, planner, cancelled)
    answer = reads()
    assert "Pengambilan Rabu, 25 Februari 2026 di Kantor Kelurahan Tegal Gundil dibatalkan" in answer
    assert "pukul 09.00" not in answer
    services.planning.take_back(planner, cancelled)
    assert "Sekarang Rabu, 25 Februari" in reads()
    services.planning.take_back(planner, move)
    answer = reads()
    assert "24 Februari 2026" in answer
    assert "Semula" not in answer


def test_a_place_that_is_merged_is_read_under_its_one_name(
    resident: Resident, services: Services, office: Office, planner: Officer
) -> None:
    mother = Recipient()
    office.publishes(mother)
    office.announces(Announced(rw=9), Announced(rw=5, place="Kantor Kel Tegalgundil"))
    one, other = sorted(services.places.all(planner), key=lambda place: place.id)
    assert "Kantor Kel Tegalgundil" in resident.another().asks(mother.nik, mother.name)
    services.places.merge(planner, other.id, one.id, (other.seen, one.seen))
    assert "Kantor Kelurahan Tegal Gundil" in resident.another().asks(mother.nik, mother.name)

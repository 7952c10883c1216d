"""The public schedule, asked for by whatever stands in an address."""

from __future__ import annotations

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.fixtures.office import TEGAL_GUNDIL, Announced


@pytest.mark.parametrize(
    "code", ["", "\x00", "32.71.05.10\x0001", "32.71.05", "３２.71.05.1001", "9" * 5000, "' OR 1=1"]
)
def test_what_is_no_code_of_a_kelurahan_has_no_schedule(services, code):
    assert services.timetable.schedule(code) is None


def test_the_link_to_a_sitting_leads_to_what_stands_in_its_place_however_often_it_moved(office, services):
    days = [dt.date(2026, 2, 24), dt.date(2026, 2, 25), dt.date(2026, 2, 26)]
    ids = []
    for day in days:
        office.announces(Announced(date=day))
        (sitting,) = services.timetable.schedule(TEGAL_GUNDIL).upcoming
        ids.append(sitting.sitting.id)
    found = [services.timetable.sitting(id) for id in ids]
    assert [sitting.sitting.starts.date() for sitting in found if sitting] == [days[-1]] * 3
    assert {sitting.first_id for sitting in found if sitting} == {ids[0]}
    assert services.timetable.sitting(max(ids) + 1) is None


def test_one_schedule_published_by_two_at_once_stands_once(office, services):
    barrier = threading.Barrier(4)

    def announce() -> None:
        barrier.wait()
        office.announces(*(Announced(rw=rw) for rw in range(1, 20)))

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(announce) for _ in range(4)]:
            done.result()
    (sitting,) = services.timetable.schedule(TEGAL_GUNDIL).upcoming
    assert len(sitting.areas) == 19

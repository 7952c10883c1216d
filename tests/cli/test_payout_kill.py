"""Killed at any moment, a report of payments or a schedule is whole or not there at all, and so is its undoing."""

from __future__ import annotations

from itertools import count

import pytest
from sqlalchemy import text

from salur.core.payouts.kinds import Announcement, Results, Round
from tests.fixtures.killing import KILLS, PEOPLE, moments
from tests.fixtures.office import Announced, Recipient, Reported, in_rows

_running = count(1)


def digest() -> bytes:
    """That of a file never seen before."""
    return next(_running).to_bytes(32, "big")


@pytest.fixture
def people(office):
    """Those of one list."""
    everyone = [Recipient() for _ in range(PEOPLE)]
    office.publishes(*everyone)
    return everyone


@pytest.fixture
def counts(services):
    """How many rows a condition holds for."""

    def counted(of: str) -> int:
        with services.database.reading() as connection:
            return int(connection.execute(text(f"SELECT count(*) FROM {of}")).scalar_one())

    return counted


def test_payments_killed_at_any_moment_are_all_there_or_none(killer, services, people, counts):
    rows = in_rows([Reported(nik=person.nik) for person in people])
    id, _ = services.payments.add(Results(payments=rows), Round("PKH", "2026-T1"), digest())
    for command in ("publish", "undo"):
        killer.run("payments", command, id)
    killed = set()
    for moment in moments(0.2, 1.1):
        id, _ = services.payments.add(Results(payments=rows), Round("PKH", "2026-T1"), digest())
        killer.run("payments", "publish", id, killed_at=moment)
        state = services.payments.show(id).state
        assert counts("payment") == {"draft": 0, "published": PEOPLE}[state]
        if state == "draft":
            killed.add("publish")
            services.payments.publish(id)
        killer.run("payments", "undo", id, killed_at=moment)
        after = services.payments.show(id).state
        assert counts("payment") == {"published": PEOPLE, "undone": 0}[after]
        if after != "undone":
            killed.add("undo")
            services.payments.undo(id)
    assert killed == {"publish", "undo"}  # some really were killed in time


def test_a_schedule_killed_at_any_moment_is_all_there_or_not_at_all(killer, services, counts):
    rows = in_rows([Announced(rw=rw, rt=rt) for rw in range(1, 6) for rt in range(1, 6)])
    id, _ = services.schedules.add(Announcement(sittings=rows), digest())
    killer.run("schedule", "publish", id, "--ya")
    services.schedules.undo(id)
    states = []
    for moment in moments(0.2, 1.1):
        id, _ = services.schedules.add(Announcement(sittings=rows), digest(), agreed=True)
        killer.run("schedule", "publish", id, "--ya", killed_at=moment)
        states.append(services.schedules.show(id).state)
        standing = counts("payout_session WHERE state = 'active'")
        assert standing == {"draft": 0, "published": len(rows)}[states[-1]]
        services.schedules.undo(id)
        assert counts("payout_session WHERE state = 'active'") == 0
    assert "draft" in states


def test_an_import_killed_at_any_moment_leaves_all_of_a_draft_or_none(killer, people, counts, write_sheet):
    header = ("NIK", "NAMA", "STATUS BAYAR", "TGL BAYAR")
    words = ("--programme", "PKH", "--period", "2026-T1")

    def file(number: int):
        rows = [(person.nik, person.name, "TERBAYAR", f"{number + 1:02}/02/2026") for person in people]
        return write_sheet(f"{number}.xlsx", [header, *rows])

    assert killer.run("payments", "import", file(0), *words) == 0
    for number, moment in enumerate(moments(0.2, 1.0), 1):
        killer.run("payments", "import", file(number), *words, killed_at=moment)
        assert counts("payout_file_payment") == PEOPLE * counts("payout_file")
    assert counts("payout_file") < 1 + KILLS
    assert counts("payment") == 0

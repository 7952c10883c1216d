"""A city that worked before reports and schedules were files goes on working, and what it knew can be built on."""

from __future__ import annotations

import datetime as dt

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import text

from salur.core.payouts.kinds import Results, Round
from salur.core.storage.database import MIGRATIONS
from tests.fixtures.office import TEGAL_GUNDIL, Announced, Recipient, Reported, in_rows


@pytest.fixture
def alembic(services):
    """Run a migration command on the test's database."""

    def run(direction, revision):
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        with services.database.engine.begin() as connection:
            config.attributes["connection"] = connection
            direction(config, revision)

    return run


def before_files() -> str:
    """The revision that an older instance is at."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    scripts = ScriptDirectory.from_config(config).walk_revisions()
    (made,) = [script for script in scripts if script.path.endswith("_payout_files.py")]
    return str(made.down_revision)


def test_what_was_paid_and_announced_before_stays_and_is_restored_by_undoing(office, services, alembic):
    mother, late = Recipient(), Recipient()
    office.publishes(mother, late)
    office.hears(Reported(nik=mother.nik, date=dt.date(2026, 2, 10)), Reported(nik=late.nik, status="failed"))
    office.announces(Announced())
    office.announces(Announced(date=dt.date(2026, 2, 25)))
    undone = office.announces(Announced(date=dt.date(2026, 2, 26)))
    services.schedules.undo(undone)

    def known():
        with services.database.reading() as connection:
            return list(connection.execute(text('SELECT state, "on", at FROM payment ORDER BY entitlement_id')))

    alembic(command.downgrade, before_files())
    assert [row.state for row in known()] == ["paid"]  # the older version knows nothing of failed ones
    alembic(command.upgrade, "head")
    before = known()
    stands = services.timetable.schedule(TEGAL_GUNDIL)
    assert [one.sitting.starts.day for one in stands.upcoming] == [25]
    assert services.payments.all() == services.schedules.all() == ()

    rows = in_rows([Reported(nik=mother.nik, date=dt.date(2026, 2, 12)), Reported(nik=late.nik)])
    with services.database.writing() as connection:  # they were paid before there was a sitting
        connection.execute(text("UPDATE payout_session SET period = '2025-T4'"))
    id, _ = services.payments.add(Results(payments=rows), Round("PKH", "2026-T1"), bytes(32))
    services.payments.publish(id)
    assert [row.state for row in known()] == ["paid", "paid"]
    services.payments.undo(id)
    assert known() == before

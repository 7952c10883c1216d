"""A filled database of before there were corrections goes on after the update, and back: nobody is taken off by it."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from salur.core.lists.kinds import State
from salur.core.storage.database import MIGRATIONS
from tests.fixtures.office import Recipient, Reported

BEFORE = "0015"
FACTS = {
    "people": "SELECT list_id, count(*) FROM entitlement GROUP BY list_id ORDER BY list_id",
    "lists": "SELECT id, state, people FROM recipient_list ORDER BY id",
    "payments": "SELECT entitlement_id, state FROM payment ORDER BY 1",
    "files": "SELECT entitlement_id FROM payout_file_payment ORDER BY 1",
    "events": "SELECT count(*) FROM list_event",
}


def alembic(connection: Connection, to: str) -> None:
    """Bring a database to a revision."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    (command.downgrade if to == BEFORE else command.upgrade)(config, to)


def facts(connection: Connection) -> dict[str, list[tuple[object, ...]]]:
    """What lists and payments say."""
    return {name: [tuple(row) for row in connection.execute(text(sql))] for name, sql in FACTS.items()}


def test_nothing_is_lost_by_the_update_or_by_taking_it_back(services, office):
    one, other = Recipient(), Recipient()
    office.publishes(one, other)
    office.hears(Reported(nik=one.nik))
    with services.database.writing() as connection:
        before = facts(connection)
        alembic(connection, BEFORE)
        assert facts(connection) == before
        alembic(connection, "head")
        assert facts(connection) == before


def test_what_was_corrected_is_as_before_when_the_update_is_taken_back(services, office, koreksi):
    one, other = Recipient(), Recipient()
    base = office.publishes(one, other)
    office.hears(Reported(nik=one.nik))
    with services.database.reading() as connection:
        before = facts(connection)
    koreksi.publishes(one, amount=1)
    koreksi.publishes(one, amount=2)
    off = koreksi.publishes(other, state=State.TAKEN_OFF, reason="died")
    with services.database.writing() as connection:
        alembic(connection, BEFORE)
        after = facts(connection)
        assert (after["payments"], after["files"]) == (before["payments"], before["files"])
        assert after["people"][0] == before["people"][0]
        in_force = [row for row in after["lists"] if row[1] == "published"]
        assert in_force == [(base, "published", 2)]
        assert off in [row[0] for row in after["lists"] if row[1] == "withdrawn"]

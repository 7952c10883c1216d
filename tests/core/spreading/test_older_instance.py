"""A database with plans and letters goes back to the version before them, and on again: nothing else is lost."""

from __future__ import annotations

import datetime as dt

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, inspect, text

from salur.core.limits.asker import Asker
from salur.core.officers.roles import Role
from salur.core.payouts.answers import PlaceKind
from salur.core.payouts.places.answers import PlaceFacts
from salur.core.payouts.spreading.answers import WantedSitting, Wish
from salur.core.people.nik import Nik
from salur.core.storage.database import MIGRATIONS
from tests.fixtures.office import TEGAL_GUNDIL, Recipient, Reported

BEFORE = "0018"
FACTS = {
    "people": "SELECT id FROM person ORDER BY id",
    "lists": "SELECT id, state, people FROM recipient_list ORDER BY id",
    "payments": "SELECT entitlement_id, state FROM payment ORDER BY 1",
    "sittings": "SELECT id, rw, state, starts_at, place_id FROM payout_session ORDER BY id",
    "files": "SELECT id, kind, state FROM payout_file ORDER BY id",
}


def alembic(connection: Connection, to: str) -> None:
    """Bring a database to a revision."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    (command.downgrade if to == BEFORE else command.upgrade)(config, to)


def facts(connection: Connection) -> dict[str, list[tuple[object, ...]]]:
    """What was there before plans and letters."""
    return {name: [tuple(row) for row in connection.execute(text(sql))] for name, sql in FACTS.items()}


def test_a_plan_and_its_letters_go_and_all_else_stays(services, office, heads, press):
    one, *others = people = [Recipient(rw=5, rt=number // 3 + 1) for number in range(9)]
    office.publishes(*people)
    office.hears(Reported(nik=others[-1].nik))
    planner = heads.create(Role.DINSOS)
    hall = services.places.add(planner, PlaceFacts("Balai Warga", PlaceKind.VILLAGE_HALL, TEGAL_GUNDIL))
    sitting = WantedSitting(hall, dt.date(2026, 2, 23), dt.time(8), dt.time(12), 3)
    draft = services.spreading.propose(planner, Wish("PKH", "2026-T1", (TEGAL_GUNDIL,), (sitting,)))
    services.spreading.publish(planner, draft, services.spreading.look(planner, draft).digest, agreed=True)
    code = press.prints().letters[0].code
    with services.database.writing() as connection:
        before = facts(connection)
        alembic(connection, BEFORE)
        assert facts(connection) == before
        assert not {"letter", "letter_printing", "appointment"} & set(inspect(connection).get_table_names())
        alembic(connection, "head")
        assert facts(connection) == before
    (aid,) = services.lookup.ask(Nik.parse(one.nik), one.name, asker=Asker.chat(1)).present
    assert aid.next_sitting.starts.day == 23
    assert aid.next_sitting.window is None
    assert press.verifies(code).said is None
    # Planned and printed anew, as on the first day.
    again = services.spreading.propose(planner, Wish("PKH", "2026-T1", (TEGAL_GUNDIL,), (sitting,)))
    services.spreading.publish(planner, again, services.spreading.look(planner, again).digest, agreed=True)
    letters = press.prints().letters
    assert [letter.number for letter in letters][:1] == ["3271/000001"]
    assert all(letter.window is not None for letter in letters)

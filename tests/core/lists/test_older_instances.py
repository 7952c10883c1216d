"""Lists of before there were coverages: after an update they cover whole kelurahan, and nothing of them is lost."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, text

from salur.core.lists.kinds import Unit
from salur.core.lists.programmes import Programmes
from salur.core.lists.superseding import units_covered
from salur.core.storage.database import MIGRATIONS, Database, create_sqlite_file, make_engine, migrate
from salur.wiring import now

BABAKAN, GUNDIL, CITY = "32.71.05.1001", "32.71.05.1002", "32.71"
LISTS = (  # id, area, state, kelurahan of its people
    (1, GUNDIL, "superseded", [GUNDIL] * 3),
    (2, CITY, "published", [GUNDIL] * 40 + [BABAKAN] * 40 + ["32.71.01.1001"]),  # one of them mistyped
    (3, GUNDIL, "published", [GUNDIL] * 2 + [None]),
    (4, "", "draft", [None]),
)


def to_before(url: str) -> Engine:
    """A database as the version before had it."""
    create_sqlite_file(url)
    engine = make_engine(url)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0004")
    return engine


def fill(engine: Engine) -> None:
    """Put lists, people and a fault into it."""
    list_ = text(
        "INSERT INTO recipient_list (id, programme_code, period, area, decree, issued_on, issuer, digest, state,"
        " people, faults, refused, imported_at) VALUES (:id, 'PKH', '2026-T1', :area, 'SK', '2026-01-12', 'Dinsos',"
        " :digest, :state, :people, 1, 0, '2026-01-12 00:00:00+00')"
    )
    person = text("INSERT INTO person (id, region_code, care, sealed_names) VALUES (:id, :code, false, :sealed)")
    listed = text("INSERT INTO entitlement (id, person_id, list_id, state) VALUES (:id, :id, :list, 'entitled')")
    fault = text("INSERT INTO list_fault (id, list_id, row, codes, sealed_cells) VALUES (:id, :id, '2', 'x', :sealed)")
    running = 0
    with engine.begin() as connection:
        for id, area, state, codes in LISTS:
            values = {"id": id, "area": area, "state": state, "digest": bytes([id] * 32), "people": len(codes)}
            connection.execute(list_, values)
            connection.execute(fault, {"id": id, "sealed": b"-"})
            for code in codes:
                running += 1
                connection.execute(person, {"id": running, "code": code, "sealed": b"-"})
                connection.execute(listed, {"id": running, "list": id})


def test_a_filled_database_goes_on_after_the_update(empty_database_url: str) -> None:
    engine = to_before(empty_database_url)
    database = Database(empty_database_url)
    Programmes(database, now).load()
    fill(engine)
    migrate(empty_database_url)
    with engine.connect() as connection:
        covered = {id: units_covered(connection, id) for id, *_ in LISTS}
        assert covered == {
            1: (Unit(GUNDIL),),
            2: (Unit(BABAKAN), Unit(GUNDIL)),
            3: (Unit(GUNDIL),),
            4: (Unit(""),),
        }
        speak = connection.execute(text("SELECT list_id, region_code FROM list_coverage WHERE in_force ORDER BY 1"))
        assert [tuple(row) for row in speak] == [(2, BABAKAN), (3, GUNDIL)]
        kept = connection.execute(text("SELECT (SELECT count(*) FROM entitlement), (SELECT count(*) FROM list_fault)"))
        assert tuple(kept.one()) == (88, 4)
        rest = connection.execute(text("SELECT DISTINCT coverage, part_of, states_confirmed FROM recipient_list"))
        assert [tuple(row) for row in rest] == [("kelurahan", None, False)]
    engine.dispose()
    database.dispose()

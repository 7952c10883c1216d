"""A backup of an older program is brought up to date before it takes its place."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from sqlalchemy import text

from salur.core.storage.database import MIGRATIONS, Database
from tests.fixtures.backups import answers_there
from tests.fixtures.services import vault_of

OLDER = "0011"


def taken_back(services) -> None:
    """The city's database as the version before had it."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with services.database.engine.begin() as connection:
        config.attributes |= {"connection": connection, "vault": vault_of(services)}
        command.downgrade(config, OLDER)


def revision_at(url: str) -> str:
    database = Database(url)
    try:
        with database.reading() as connection:
            return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
    finally:
        database.dispose()


def test_it_is_brought_up_to_date_and_answers(city, services, elsewhere, backups_of, clock):
    newest = revision_at(services.settings.database_url)
    taken_back(services)
    file = city.makes().file
    assert city.backups.verify(file).opened
    backups_of(elsewhere).restore(file)
    assert revision_at(elsewhere) == newest
    city.works_at(elsewhere, clock)
    # In place of a newer one, too: tables that it does not know are made anew, and hold nothing.
    services.database.dispose()
    backups_of(elsewhere).restore(file, replace=True)
    answers_there(elsewhere, city.folder.parent, city.mother, city.head, clock)
    # What was taken back itself is older still, until it takes the place of itself.
    city.backups.restore(file, replace=True)
    assert revision_at(services.settings.database_url) == newest

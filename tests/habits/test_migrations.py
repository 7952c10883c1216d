"""Migrations in step with the tables: what they build is what the code expects, on both databases."""

from __future__ import annotations

import re

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from salur.core.storage.database import MIGRATIONS, make_engine, migrate
from salur.core.tables.metadata import METADATA


def scripts() -> ScriptDirectory:
    """The migrations as Alembic sees them."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return ScriptDirectory.from_config(config)


def test_the_migrations_build_what_the_tables_say(database_url: str) -> None:
    engine = make_engine(database_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        differences = compare_metadata(context, METADATA)
    engine.dispose()
    assert differences == []


def test_migrating_twice_changes_nothing(empty_database_url: str) -> None:
    migrate(empty_database_url)
    migrate(empty_database_url)
    engine = make_engine(empty_database_url)
    with engine.connect() as connection:
        assert MigrationContext.configure(connection).get_current_revision() == scripts().get_current_head()
    engine.dispose()


def test_migrations_are_numbered_without_gaps_in_one_line() -> None:
    names = [script.path.rpartition("/")[2] for script in scripts().walk_revisions()][::-1]
    assert [name[:5] for name in names] == [f"{number:04}_" for number in range(1, len(names) + 1)]
    assert all(re.fullmatch(r"\d{4}_[a-z0-9_]+\.py", name) for name in names)
    assert len(scripts().get_heads()) == 1

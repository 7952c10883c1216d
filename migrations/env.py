"""Alembic's way in. `salur.core.storage.database.migrate` brings connection and keys; `alembic` takes the settings."""

from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection

from salur.core.tables.base import UtcDateTime
from salur.core.tables.metadata import METADATA


def in_a_migration(_kind: str, thing: object, _context: AutogenContext) -> str | Literal[False]:
    """How a type is written down: a migration stays as it is, so it names none of Salur's own."""
    return "sa.DateTime(timezone=True)" if isinstance(thing, UtcDateTime) else False


def run(connection: Connection) -> None:
    """Run the migrations on a connection, in its transaction."""
    context.configure(
        connection=connection, target_metadata=METADATA, render_as_batch=False, render_item=in_a_migration
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    from salur.config import Settings
    from salur.core.storage.database import make_engine
    from salur.core.storage.vault import Vault

    settings = Settings.from_env()
    context.config.attributes["vault"] = Vault.from_file(settings.keys_file)
    with make_engine(settings.database_url).begin() as opened:
        run(opened)

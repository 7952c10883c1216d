"""Alembic's way in. `salur.core.database.migrate` brings the connection; `alembic` itself takes the settings."""

from alembic import context

from salur.core.tables import Table


def run(connection):
    """Run the migrations on a connection, in its transaction."""
    context.configure(connection=connection, target_metadata=Table.metadata, render_as_batch=False)
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    from salur.config import Settings
    from salur.core.database import make_engine

    with make_engine(Settings.from_env().database_url).begin() as opened:
        run(opened)

"""Lists that correct a few people of another, row by row."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    for table in ("recipient_list", "entitlement"):
        op.add_column(table, sa.Column("corrects", sa.BigInteger(), nullable=True))
    op.create_index(
        "ix_entitlement_corrects",
        "entitlement",
        ["corrects"],
        postgresql_where=sa.text("corrects IS NOT NULL"),
        sqlite_where=sa.text("corrects IS NOT NULL"),
    )


def downgrade() -> None:
    """Take back, and with it what correcting lists in force say: before, they would be taken for whole lists."""
    connection = op.get_bind()
    newest_first = "SELECT id FROM recipient_list WHERE corrects IS NOT NULL AND state = 'published' ORDER BY id DESC"
    for id in connection.execute(sa.text(newest_first)).scalars().all():
        _give_back(connection, id)
    op.drop_index("ix_entitlement_corrects", table_name="entitlement")
    op.drop_column("entitlement", "corrects")
    op.drop_column("recipient_list", "corrects")


def _give_back(connection: sa.Connection, id: int) -> None:
    own = "SELECT id FROM entitlement WHERE list_id = :id AND corrects IS NOT NULL"
    for table in ("payment", "payout_file_payment"):
        connection.execute(
            sa.text(
                f"UPDATE {table} SET entitlement_id ="  # noqa: S608 - names are ours
                f" (SELECT corrects FROM entitlement AS e WHERE e.id = {table}.entitlement_id)"
                f" WHERE entitlement_id IN ({own})"
            ),
            {"id": id},
        )
    taken = "SELECT id, part_of, people FROM recipient_list WHERE superseded_by = :id AND part_of IS NOT NULL"
    for part in connection.execute(sa.text(taken), {"id": id}).all():
        values = {"part": part.id, "whole": part.part_of, "people": part.people}
        for statement in (
            "UPDATE entitlement SET list_id = :whole WHERE list_id = :part",
            "UPDATE recipient_list SET people = people + :people WHERE id = :whole",
            "DELETE FROM list_event WHERE list_id = :part",
            "DELETE FROM recipient_list WHERE id = :part",
        ):
            used = {name: value for name, value in values.items() if f":{name}" in statement}
            connection.execute(sa.text(statement), used)
    connection.execute(sa.text("UPDATE recipient_list SET state = 'withdrawn' WHERE id = :id"), {"id": id})

"""Places that an office keeps, with what was done with them; who made, published and undid a schedule or a report."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

# SQLite counts by itself only in a column of exactly INTEGER PRIMARY KEY.
COUNTED = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WHO = ("made_by", "published_by", "undone_by")


def upgrade() -> None:
    """Apply."""
    op.add_column("place", sa.Column("per_hour", sa.Integer(), nullable=True))
    op.add_column("place", sa.Column("merged_into_id", sa.BigInteger(), nullable=True))
    op.create_table(
        "place_event",
        sa.Column("id", COUNTED, nullable=False),
        sa.Column("place_id", sa.BigInteger(), nullable=False),
        sa.Column("other_id", sa.BigInteger(), nullable=True),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_place_event_place_id")),
        sa.ForeignKeyConstraint(["other_id"], ["place.id"], name=op.f("fk_place_event_other_id")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_place_event_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place_event")),
    )
    op.create_index(op.f("ix_place_event_place_id"), "place_event", ["place_id"], unique=False)
    op.create_index(op.f("ix_place_event_other_id"), "place_event", ["other_id"], unique=False)
    for name in WHO:
        op.add_column("payout_file", sa.Column(name, sa.BigInteger(), nullable=True))
    kind: sa.Column[str] = sa.Column("kind", sa.String(), server_default="list", nullable=False)
    op.add_column("upload", kind)


def downgrade() -> None:
    """Take back. Sittings that were cancelled are shown to nobody, as before; merged places are two again, and
    their sittings stay where they went."""
    op.execute("UPDATE payout_session SET state = 'undone' WHERE state = 'cancelled'")
    op.execute("DELETE FROM upload WHERE kind <> 'list'")
    op.drop_column("upload", "kind")
    for name in WHO:
        op.drop_column("payout_file", name)
    op.drop_index(op.f("ix_place_event_other_id"), table_name="place_event")
    op.drop_index(op.f("ix_place_event_place_id"), table_name="place_event")
    op.drop_table("place_event")
    op.drop_column("place", "merged_into_id")
    op.drop_column("place", "per_hour")

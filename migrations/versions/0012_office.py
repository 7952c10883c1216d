"""What a city sets on the site, a record of what offices do, and the day on which a head's term ends."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

# SQLite counts by itself only in a column of exactly INTEGER PRIMARY KEY.
COUNTED = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "setting_change",
        sa.Column("id", COUNTED, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["account.id"], name=op.f("fk_setting_change_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setting_change")),
    )
    op.create_index("ix_setting_change_name", "setting_change", ["name", "id"], unique=False)
    op.create_table(
        "office_note",
        sa.Column("id", COUNTED, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("region_code", sa.Text(), nullable=False),
        sa.Column("rw", sa.Integer(), nullable=True),
        sa.Column("rt", sa.Integer(), nullable=True),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_office_note_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_note")),
    )
    op.create_index(op.f("ix_office_note_at"), "office_note", ["at"], unique=False)
    op.add_column("account", sa.Column("ends_on", sa.Date(), nullable=True))
    op.add_column("invitation", sa.Column("ends_on", sa.Date(), nullable=True))


def downgrade() -> None:
    """Take back. Whose term is over is closed before, or an older version would let them in again."""
    op.execute("UPDATE account SET closed_at = CURRENT_TIMESTAMP WHERE closed_at IS NULL AND ends_on < CURRENT_DATE")
    op.drop_column("invitation", "ends_on")
    op.drop_column("account", "ends_on")
    op.drop_index(op.f("ix_office_note_at"), table_name="office_note")
    op.drop_table("office_note")
    op.drop_index("ix_setting_change_name", table_name="setting_change")
    op.drop_table("setting_change")

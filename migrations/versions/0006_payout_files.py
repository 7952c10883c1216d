"""Schedules and reports of payments are drafts first, and what they changed can be taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# SQLite counts by itself only in a column of exactly INTEGER PRIMARY KEY.
COUNTED = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "payout_file",
        sa.Column("id", COUNTED, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("programme_code", sa.String(), nullable=True),
        sa.Column("period", sa.String(), nullable=True),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.Column("not_used", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("basis", sa.Text(), nullable=True),
        sa.Column("done", sa.Text(), nullable=True),
        sa.Column("turn", sa.Integer(), nullable=True),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["programme_code"], ["programme.code"], name=op.f("fk_payout_file_programme_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payout_file")),
    )
    op.create_index("ix_payout_file_digest", "payout_file", ["digest"], unique=False)
    op.create_table(
        "payout_file_payment",
        sa.Column("file_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("entitlement_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=True),
        sa.Column("at", sa.String(), nullable=True),
        sa.Column("was_state", sa.String(), nullable=True),
        sa.Column("was_on", sa.Date(), nullable=True),
        sa.Column("was_at", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["entitlement_id"], ["entitlement.id"], name=op.f("fk_payout_file_payment_entitlement_id")
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["payout_file.id"], name=op.f("fk_payout_file_payment_file_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("file_id", "entitlement_id", name=op.f("pk_payout_file_payment")),
    )
    op.create_index("ix_payout_file_payment_entitlement_id", "payout_file_payment", ["entitlement_id"], unique=False)


def downgrade() -> None:
    """Take back. What failed is due again to a version that does not know of it; sittings taken back go with it."""
    op.execute("DELETE FROM payment WHERE state = 'failed'")
    op.execute("UPDATE payout_session SET state = 'replaced' WHERE state = 'undone'")
    op.drop_index("ix_payout_file_payment_entitlement_id", table_name="payout_file_payment")
    op.drop_table("payout_file_payment")
    op.drop_index("ix_payout_file_digest", table_name="payout_file")
    op.drop_table("payout_file")

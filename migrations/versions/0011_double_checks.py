"""Doubles that an office has looked into: by whom, when and why."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "double_check",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("double", sa.LargeBinary(length=32), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("region_code", sa.Text(), nullable=False),
        sa.Column("rw", sa.Integer(), nullable=True),
        sa.Column("rt", sa.Integer(), nullable=True),
        sa.Column("sealed_note", sa.LargeBinary(), nullable=True),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_back_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_double_check_account_id")),
        sa.ForeignKeyConstraint(["taken_back_by"], ["account.id"], name=op.f("fk_double_check_taken_back_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_double_check")),
    )
    op.create_index(op.f("ix_double_check_double"), "double_check", ["double"], unique=False)


def downgrade() -> None:
    """Take back."""
    op.drop_index(op.f("ix_double_check_double"), table_name="double_check")
    op.drop_table("double_check")

"""Quotas of programmes, and what is decided about who waits for a place."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "programme_quota",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("programme_code", sa.String(), nullable=False),
        sa.Column("region_code", sa.Text(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=True),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("made_by", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["programme_code"], ["programme.code"], name=op.f("fk_programme_quota_programme_code")),
        sa.ForeignKeyConstraint(["made_by"], ["account.id"], name=op.f("fk_programme_quota_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_quota")),
    )
    op.create_index("ix_programme_quota_programme", "programme_quota", ["programme_code", "region_code", "id"])
    op.create_table(
        "line_step",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("programme_code", sa.String(), nullable=False),
        sa.Column("proposal_id", sa.BigInteger(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("entitlement_id", sa.BigInteger(), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["programme_code"], ["programme.code"], name=op.f("fk_line_step_programme_code")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_line_step_proposal_id")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_line_step_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_line_step")),
    )
    op.create_index(op.f("ix_line_step_proposal_id"), "line_step", ["proposal_id"])
    op.create_index("ix_line_step_programme", "line_step", ["programme_code", "proposal_id", "id"])


def downgrade() -> None:
    """Take back."""
    op.drop_table("line_step")
    op.drop_table("programme_quota")

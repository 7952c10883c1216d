"""Whom a follow is about, so that they can end it; how long a look at it may be put off."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column("follow", sa.Column("look_by", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "followed",
        sa.Column("follow_id", sa.BigInteger(), nullable=False),
        sa.Column("payee_digest", sa.LargeBinary(length=32), nullable=False),
        sa.ForeignKeyConstraint(["follow_id"], ["follow.id"], name=op.f("fk_followed_follow_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("follow_id", "payee_digest", name=op.f("pk_followed")),
    )
    op.create_index("ix_followed_payee_digest", "followed", ["payee_digest"])
    # Whom older ones are about is sealed: it is written when they are looked at, which is now.
    op.execute(sa.text("UPDATE follow SET look_at = made_at WHERE look_at IS NULL"))


def downgrade() -> None:
    """Take back."""
    op.drop_table("followed")
    op.drop_column("follow", "look_by")

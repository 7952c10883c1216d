"""What was taken to be sent, and what was given up; the key pair of Web Push."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column("notice", sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("notice", sa.Column("given_up_at", sa.DateTime(timezone=True), nullable=True))
    given_up = sa.text("given_up_at IS NOT NULL")
    op.create_index("ix_notice_given_up", "notice", ["given_up_at"], postgresql_where=given_up, sqlite_where=given_up)
    # Until now a message counted a try when it was taken: that is all that is known of those that wait.
    op.execute(sa.text("UPDATE notice SET taken_at = due_at WHERE tries > 0"))
    op.execute(sa.text("UPDATE notice SET tries = tries - 1 WHERE tries > 0 AND done_at IS NULL"))
    op.create_table(
        "push_key",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("public_key", sa.String(), nullable=False),
        sa.Column("sealed_private_key", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_push_key")),
    )


def downgrade() -> None:
    """Take back."""
    op.drop_table("push_key")
    op.drop_index("ix_notice_given_up", table_name="notice")
    op.execute(sa.text("UPDATE notice SET tries = tries + 1 WHERE taken_at IS NOT NULL"))
    op.drop_column("notice", "given_up_at")
    op.drop_column("notice", "taken_at")

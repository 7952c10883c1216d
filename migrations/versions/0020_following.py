"""Who wants to be told when an answer changes; messages by other ways than Telegram, that wait for the day."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "follow",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("address_digest", sa.LargeBinary(32), nullable=False),
        sa.Column("whom_digest", sa.LargeBinary(32), nullable=False),
        sa.Column("region_code", sa.String(), nullable=True),
        sa.Column("sealed_link", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_told", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("look_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow")),
    )
    op.create_index("uq_follow", "follow", ["address_digest", "whom_digest"], unique=True)
    op.create_index("ix_follow_region_code", "follow", ["region_code"])
    waits = sa.text("look_at IS NOT NULL")
    op.create_index("ix_follow_look_at", "follow", ["look_at"], postgresql_where=waits, sqlite_where=waits)
    op.add_column("notice", sa.Column("channel", sa.String(), server_default="telegram", nullable=False))
    op.add_column("notice", sa.Column("zone", sa.String(), nullable=True))
    op.add_column("chat_link", sa.Column("summed_on", sa.Date(), nullable=True))
    op.add_column("chat_link", sa.Column("summed", sa.Text(), nullable=True))
    op.add_column("notice", sa.Column("good_until", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Take back."""
    op.drop_column("chat_link", "summed")
    op.drop_column("chat_link", "summed_on")
    op.drop_column("notice", "good_until")
    op.drop_column("notice", "zone")
    op.drop_column("notice", "channel")
    op.drop_table("follow")

"""Messages know the event of a proposal that they are about, so that those of an undone decision stay here."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column("notice", sa.Column("about_event", sa.BigInteger(), nullable=True))
    op.create_index(op.f("ix_notice_about_event"), "notice", ["about_event"], unique=False)


def downgrade() -> None:
    """Take back."""
    op.drop_index(op.f("ix_notice_about_event"), table_name="notice")
    op.drop_column("notice", "about_event")

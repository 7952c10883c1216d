"""What waits is found by channel and zone: of what is not due there, nothing is looked at."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None
WAITING = sa.text("done_at IS NULL")


def upgrade() -> None:
    """Apply."""
    _index("channel", "zone", "due_at", "id")


def downgrade() -> None:
    """Take back."""
    _index("due_at")


def _index(*columns: str) -> None:
    op.drop_index("ix_notice_waiting", table_name="notice")
    op.create_index("ix_notice_waiting", "notice", [*columns], postgresql_where=WAITING, sqlite_where=WAITING)

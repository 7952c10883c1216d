"""Tallies are judged before they are counted: the try that fills one need not be written down."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.drop_column("attempt", "fills_at")


def downgrade() -> None:
    """Take back."""
    op.add_column("attempt", sa.Column("fills_at", sa.Integer(), nullable=False, server_default="0"))

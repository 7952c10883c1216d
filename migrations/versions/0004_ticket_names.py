"""A ticket is opened by code and name: the name, sealed. Tickets there are keep their digest of four digits."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column("proposal_ticket", sa.Column("id", sa.BigInteger(), nullable=True))
    op.add_column("proposal_ticket", sa.Column("sealed_name", sa.LargeBinary(), nullable=True))
    op.create_index("uq_proposal_ticket_id", "proposal_ticket", ["id"], unique=True)


def downgrade() -> None:
    """Undo. What was sent with a name is opened by its code alone then."""
    op.drop_index("uq_proposal_ticket_id", table_name="proposal_ticket")
    op.drop_column("proposal_ticket", "sealed_name")
    op.drop_column("proposal_ticket", "id")

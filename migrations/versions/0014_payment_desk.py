"""Reports of payments that come by the desk: who sent, published and undid them, and what they amount to."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0011"
branch_labels = None
depends_on = None
BY = ("made_by", "published_by", "undone_by")


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("upload") as batch:
        batch.add_column(sa.Column("kind", sa.String(), server_default="list", nullable=False))
        batch.add_column(sa.Column("payout_file_id", sa.BigInteger(), nullable=True))
    with op.batch_alter_table("payout_file") as batch:
        batch.add_column(sa.Column("rupiah", sa.Text(), nullable=True))
        batch.add_column(sa.Column("region_code", sa.String(), nullable=True))
        for name in BY:
            batch.add_column(sa.Column(name, sa.BigInteger(), nullable=True))
            batch.create_foreign_key(op.f(f"fk_payout_file_{name}"), "account", [name], ["id"])


def downgrade() -> None:
    """Take back."""
    with op.batch_alter_table("payout_file") as batch:
        for name in BY:
            batch.drop_constraint(op.f(f"fk_payout_file_{name}"), type_="foreignkey")
            batch.drop_column(name)
        batch.drop_column("region_code")
        batch.drop_column("rupiah")
    op.execute("DELETE FROM upload WHERE kind <> 'list'")
    with op.batch_alter_table("upload") as batch:
        batch.drop_column("payout_file_id")
        batch.drop_column("kind")

"""Two lists side by side; columns are remembered for each office and sender."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "list_comparison",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("before_list", sa.BigInteger(), nullable=False),
        sa.Column("after_list", sa.BigInteger(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("counts", sa.Text(), nullable=True),
        *(
            sa.ForeignKeyConstraint(
                [name], ["recipient_list.id"], name=op.f(f"fk_list_comparison_{name}"), ondelete="CASCADE"
            )
            for name in ("before_list", "after_list")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_comparison")),
    )
    for name in ("before_list", "after_list"):
        op.create_index(op.f(f"ix_list_comparison_{name}"), "list_comparison", [name])
    op.create_table(
        "list_comparison_lines",
        sa.Column("comparison_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("lines", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["comparison_id"],
            ["list_comparison.id"],
            name=op.f("fk_list_comparison_lines_comparison_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("comparison_id", "kind", name=op.f("pk_list_comparison_lines")),
    )


def downgrade() -> None:
    """Take back."""
    op.drop_table("list_comparison_lines")
    op.drop_table("list_comparison")

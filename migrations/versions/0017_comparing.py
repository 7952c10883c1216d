"""Two lists side by side; columns are remembered for each office and sender; payments matched by hand."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
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
    op.create_table(
        "payout_choice",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("file_id", sa.BigInteger(), nullable=False),
        sa.Column("row", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=True),
        sa.Column("at", sa.String(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("candidates", sa.Text(), nullable=False),
        sa.Column("entitlement_id", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["file_id"], ["payout_file.id"], name=op.f("fk_payout_choice_file_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payout_choice")),
    )
    op.create_index(op.f("ix_payout_choice_file_id"), "payout_choice", ["file_id"])
    op.add_column("recipient_list", sa.Column("says_programme", sa.String(), nullable=True))
    op.add_column("upload", sa.Column("sender", sa.String(), nullable=True))
    op.rename_table("column_memory", "column_memory_before")
    _memory(
        sa.Column("region_code", sa.Text(), nullable=False), sa.Column("sender", sa.LargeBinary(32), nullable=False)
    )
    # Whoever said it, said it for their office, and of no sender.
    kept = sa.text(
        "INSERT INTO column_memory (headers, region_code, sender, columns, made_by, made_at)"
        " SELECT b.headers, a.region_code, :nobody, b.columns, b.made_by, b.made_at"
        " FROM column_memory_before b JOIN account a ON a.id = b.made_by"
    )
    op.get_bind().execute(kept, {"nobody": b""})
    op.drop_table("column_memory_before")


def downgrade() -> None:
    """Take back; of what was said for several senders, the newest stays."""
    op.rename_table("column_memory", "column_memory_after")
    _memory()
    op.execute(
        "INSERT INTO column_memory (headers, columns, made_by, made_at)"
        " SELECT headers, columns, made_by, made_at FROM column_memory_after m WHERE NOT EXISTS ("
        "SELECT 1 FROM column_memory_after o WHERE o.headers = m.headers AND (o.made_at > m.made_at OR"
        " (o.made_at = m.made_at AND (o.region_code > m.region_code OR"
        " (o.region_code = m.region_code AND o.sender > m.sender)))))"
    )
    op.drop_table("column_memory_after")
    op.drop_column("upload", "sender")
    op.drop_column("recipient_list", "says_programme")
    op.drop_table("payout_choice")
    op.drop_table("list_comparison_lines")
    op.drop_table("list_comparison")


def _memory(*more: sa.Column[object]) -> None:
    """The table of columns that are remembered, by the headers and by what else there is."""
    if op.get_bind().dialect.name == "postgresql":  # names of constraints stay with a table that is renamed
        for name in ("pk_column_memory", "fk_column_memory_made_by"):
            op.execute(
                f"ALTER TABLE column_memory_{'before' if more else 'after'} RENAME CONSTRAINT {name} TO {name}_old"
            )
    op.create_table(
        "column_memory",
        sa.Column("headers", sa.LargeBinary(32), nullable=False),
        *more,
        sa.Column("columns", sa.Text(), nullable=False),
        sa.Column("made_by", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["account.id"], name=op.f("fk_column_memory_made_by")),
        sa.PrimaryKeyConstraint("headers", *(column.name for column in more), name=op.f("pk_column_memory")),
    )

"""Reports of payments by the desk, with who and how much; an office's words and rules of programmes."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("upload") as batch:
        batch.add_column(sa.Column("payout_file_id", sa.BigInteger(), nullable=True))
    with op.batch_alter_table("payout_file") as batch:
        batch.add_column(sa.Column("rupiah", sa.Text(), nullable=True))
        batch.add_column(sa.Column("region_code", sa.String(), nullable=True))
    op.create_table(
        "programme_words",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("programme_code", sa.String(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("language", "what", "who", "paid", "papers")),
        sa.Column("made_by", sa.BigInteger(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["programme_code"], ["programme.code"], name=op.f("fk_programme_words_programme_code")),
        sa.ForeignKeyConstraint(["made_by"], ["account.id"], name=op.f("fk_programme_words_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_words")),
    )
    op.create_index(op.f("ix_programme_words_programme_code"), "programme_words", ["programme_code"])
    op.create_table(
        "programme_exclusion",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("one", sa.String(), nullable=False),
        sa.Column("other", sa.String(), nullable=False),
        sa.Column("excludes", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("made_by", sa.BigInteger(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_back_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["one"], ["programme.code"], name=op.f("fk_programme_exclusion_one")),
        sa.ForeignKeyConstraint(["other"], ["programme.code"], name=op.f("fk_programme_exclusion_other")),
        sa.ForeignKeyConstraint(["made_by"], ["account.id"], name=op.f("fk_programme_exclusion_made_by")),
        sa.ForeignKeyConstraint(["taken_back_by"], ["account.id"], name=op.f("fk_programme_exclusion_taken_back_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_exclusion")),
    )
    op.create_index(
        "uq_programme_exclusion_in_force",
        "programme_exclusion",
        ["one", "other"],
        unique=True,
        sqlite_where=sa.text("taken_back_at IS NULL"),
        postgresql_where=sa.text("taken_back_at IS NULL"),
    )


def downgrade() -> None:
    """Take back."""
    op.drop_table("programme_exclusion")
    op.drop_table("programme_words")
    with op.batch_alter_table("payout_file") as batch:
        batch.drop_column("region_code")
        batch.drop_column("rupiah")
    op.execute("DELETE FROM upload WHERE kind = 'payments'")
    with op.batch_alter_table("upload") as batch:
        batch.drop_column("payout_file_id")

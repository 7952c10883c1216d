"""Uploads, the work that is done with them beside the site, and what was done with a list."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

# SQLite counts by itself only in a column of exactly INTEGER PRIMARY KEY.
COUNTED = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "column_memory",
        sa.Column("headers", sa.LargeBinary(length=32), nullable=False),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.Column("made_by", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["account.id"], name=op.f("fk_column_memory_made_by")),
        sa.PrimaryKeyConstraint("headers", name=op.f("pk_column_memory")),
    )
    op.create_table(
        "job",
        sa.Column("id", COUNTED, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("made_by", sa.BigInteger(), nullable=True),
        sa.Column("subject", sa.BigInteger(), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("refused", sa.String(), nullable=True),
        sa.Column("facts", sa.Text(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("stop_asked", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("lease", sa.String(), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["made_by"], ["account.id"], name=op.f("fk_job_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
    )
    op.create_index("ix_job_state", "job", ["state", "id"], unique=False)
    op.create_index("ix_job_subject", "job", ["subject"], unique=False)
    op.create_table(
        "upload",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("made_by", sa.BigInteger(), nullable=False),
        sa.Column("region_code", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("columns", sa.Text(), nullable=True),
        sa.Column("headers", sa.LargeBinary(length=32), nullable=True),
        sa.Column("list_id", sa.BigInteger(), nullable=True),
        sa.Column("sealed_findings", sa.LargeBinary(), nullable=True),
        sa.Column("sealed_patches", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["made_by"], ["account.id"], name=op.f("fk_upload_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload")),
    )
    op.create_table(
        "list_event",
        sa.Column("id", COUNTED, nullable=False),
        sa.Column("list_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("made_by", sa.BigInteger(), nullable=True),
        sa.Column("other", sa.BigInteger(), nullable=True),
        sa.Column("why", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["list_id"], ["recipient_list.id"], name=op.f("fk_list_event_list_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["made_by"], ["account.id"], name=op.f("fk_list_event_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_event")),
    )
    op.create_index(op.f("ix_list_event_list_id"), "list_event", ["list_id"], unique=False)
    op.create_table(
        "upload_fault",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("upload_id", sa.BigInteger(), nullable=False),
        sa.Column("row", sa.String(), nullable=False),
        sa.Column("codes", sa.String(), nullable=False),
        sa.Column("sealed_cells", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["upload_id"], ["upload.id"], name=op.f("fk_upload_fault_upload_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload_fault")),
    )
    op.create_index(op.f("ix_upload_fault_upload_id"), "upload_fault", ["upload_id"], unique=False)
    op.create_table(
        "upload_file",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("upload_id", sa.BigInteger(), nullable=True),
        sa.Column("region_code", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=True),
        sa.Column("sealed_name", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["upload_id"], ["upload.id"], name=op.f("fk_upload_file_upload_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload_file")),
    )
    op.create_index(op.f("ix_upload_file_upload_id"), "upload_file", ["upload_id"], unique=False)
    op.create_table(
        "upload_chunk",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("file_id", sa.BigInteger(), nullable=False),
        sa.Column("sealed_content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"], ["upload_file.id"], name=op.f("fk_upload_chunk_file_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload_chunk")),
    )
    op.create_index(op.f("ix_upload_chunk_file_id"), "upload_chunk", ["file_id"], unique=False)


def downgrade() -> None:
    """Take back. What was being written of a list goes; a version that does not know of it would show it."""
    loading = "(SELECT id FROM recipient_list WHERE state = 'loading')"
    for table in ("entitlement", "list_fault", "list_coverage", "list_file"):
        op.execute(f"DELETE FROM {table} WHERE list_id IN {loading}")  # noqa: S608 - names are ours
    op.execute("DELETE FROM recipient_list WHERE state = 'loading'")
    op.drop_index(op.f("ix_upload_chunk_file_id"), table_name="upload_chunk")
    op.drop_table("upload_chunk")
    op.drop_index(op.f("ix_upload_file_upload_id"), table_name="upload_file")
    op.drop_table("upload_file")
    op.drop_index(op.f("ix_upload_fault_upload_id"), table_name="upload_fault")
    op.drop_table("upload_fault")
    op.drop_index(op.f("ix_list_event_list_id"), table_name="list_event")
    op.drop_table("list_event")
    op.drop_table("upload")
    op.drop_index("ix_job_subject", table_name="job")
    op.drop_index("ix_job_state", table_name="job")
    op.drop_table("job")
    op.drop_table("column_memory")

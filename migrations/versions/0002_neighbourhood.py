"""Heads and offices: accounts, marks, proposals, circulars, messages by Telegram; who looked, with his role."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# SQLite counts by itself only in a column of exactly INTEGER PRIMARY KEY.
COUNTED = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "account",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("username", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("region_code", sa.Text(), nullable=False),
        sa.Column("rw", sa.Integer(), nullable=True),
        sa.Column("rt", sa.Integer(), nullable=True),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("sealed_totp", sa.LargeBinary(), nullable=True),
        sa.Column("totp_used", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("invited_by", sa.BigInteger(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["invited_by"], ["account.id"], name=op.f("fk_account_invited_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("username", name=op.f("uq_account_username")),
    )
    op.create_index("ix_account_area", "account", ["region_code", "rw", "rt"], unique=False)
    op.create_table(
        "notice",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("chat_digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("sealed_content", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    op.create_index("ix_notice_chat_digest", "notice", ["chat_digest"], unique=False)
    op.create_index(
        "ix_notice_waiting",
        "notice",
        ["due_at"],
        unique=False,
        postgresql_where=sa.text("done_at IS NULL"),
        sqlite_where=sa.text("done_at IS NULL"),
    )
    op.create_table(
        "proposal",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("region_code", sa.Text(), nullable=False),
        sa.Column("rw", sa.Integer(), nullable=True),
        sa.Column("rt", sa.Integer(), nullable=True),
        sa.Column("nik_index", sa.LargeBinary(length=32), nullable=True),
        sa.Column("kk_index", sa.LargeBinary(length=32), nullable=True),
        sa.Column("door", sa.String(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed_body", sa.LargeBinary(), nullable=False),
        sa.Column("holder", sa.String(), nullable=True),
        sa.Column("desk", sa.String(), nullable=True),
        sa.Column("held_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
    )
    op.create_index("ix_proposal_desk", "proposal", ["desk", "region_code", "rw", "rt"], unique=False)
    op.create_index(op.f("ix_proposal_kk_index"), "proposal", ["kk_index"], unique=False)
    op.create_index(op.f("ix_proposal_nik_index"), "proposal", ["nik_index"], unique=False)
    op.create_table(
        "chat_link",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("chat_digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("sealed_chat", sa.LargeBinary(), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_chat_link_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chat_link")),
        sa.UniqueConstraint("account_id", name=op.f("uq_chat_link_account_id")),
        sa.UniqueConstraint("chat_digest", name=op.f("uq_chat_link_chat_digest")),
    )
    op.create_table(
        "circular",
        sa.Column("id", COUNTED, nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("number_key", sa.String(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("levels", sa.String(), nullable=False),
        sa.Column("written_by", sa.BigInteger(), nullable=False),
        sa.Column("region_code", sa.Text(), nullable=False),
        sa.Column("pdf_size", sa.Integer(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["written_by"], ["account.id"], name=op.f("fk_circular_written_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_circular")),
    )
    op.create_index(op.f("ix_circular_number_key"), "circular", ["number_key"], unique=False)
    op.create_index(op.f("ix_circular_sent_at"), "circular", ["sent_at"], unique=False)
    op.create_table(
        "invitation",
        sa.Column("id", COUNTED, nullable=False),
        sa.Column("code_digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("region_code", sa.Text(), nullable=False),
        sa.Column("rw", sa.Integer(), nullable=True),
        sa.Column("rt", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("invited_by", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_invitation_account_id")),
        sa.ForeignKeyConstraint(["invited_by"], ["account.id"], name=op.f("fk_invitation_invited_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("code_digest", name=op.f("uq_invitation_code_digest")),
    )
    op.create_table(
        "link_code",
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_link_code_account_id")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_link_code")),
        sa.UniqueConstraint("account_id", name=op.f("uq_link_code_account_id")),
    )
    op.create_table(
        "mark",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("region_code", sa.Text(), nullable=False),
        sa.Column("rw", sa.Integer(), nullable=True),
        sa.Column("rt", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("sealed_note", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_mark_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mark")),
    )
    op.create_index("ix_mark_area", "mark", ["region_code", "rw", "rt", "state"], unique=False)
    op.create_index(op.f("ix_mark_person_id"), "mark", ["person_id"], unique=False)
    op.create_table(
        "proposal_event",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("proposal_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=True),
        sa.Column("goes_to", sa.String(), nullable=True),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("sealed_words", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_proposal_event_account_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_proposal_event_proposal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_event")),
    )
    op.create_index("uq_proposal_event_number", "proposal_event", ["proposal_id", "number"], unique=True)
    op.create_table(
        "proposal_follower",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("proposal_id", sa.BigInteger(), nullable=False),
        sa.Column("chat_digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("sealed_chat", sa.LargeBinary(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("ending", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_proposal_follower_proposal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_follower")),
    )
    op.create_index(op.f("ix_proposal_follower_proposal_id"), "proposal_follower", ["proposal_id"], unique=False)
    op.create_index("uq_proposal_follower", "proposal_follower", ["proposal_id", "chat_digest"], unique=True)
    op.create_table(
        "proposal_photo",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("proposal_id", sa.BigInteger(), nullable=False),
        sa.Column("sealed_jpeg", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_proposal_photo_proposal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_photo")),
    )
    op.create_index(op.f("ix_proposal_photo_proposal_id"), "proposal_photo", ["proposal_id"], unique=False)
    op.create_table(
        "proposal_ticket",
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("proposal_id", sa.BigInteger(), nullable=False),
        sa.Column("proof", sa.LargeBinary(length=32), nullable=True),
        sa.Column("first_event", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_proposal_ticket_proposal_id")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_proposal_ticket")),
    )
    op.create_index(op.f("ix_proposal_ticket_proposal_id"), "proposal_ticket", ["proposal_id"], unique=False)
    op.create_table(
        "recovery_code",
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_recovery_code_account_id")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_recovery_code")),
    )
    op.create_index(op.f("ix_recovery_code_account_id"), "recovery_code", ["account_id"], unique=False)
    op.create_table(
        "sign_in",
        sa.Column("id", COUNTED, nullable=False),
        sa.Column("token_digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_why", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_sign_in_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_sign_in_token_digest")),
    )
    op.create_index(op.f("ix_sign_in_account_id"), "sign_in", ["account_id"], unique=False)
    op.create_table(
        "circular_area",
        sa.Column("circular_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("region_code", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["circular_id"], ["circular.id"], name=op.f("fk_circular_area_circular_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("circular_id", "region_code", name=op.f("pk_circular_area")),
    )
    op.create_table(
        "circular_pdf",
        sa.Column("circular_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["circular_id"], ["circular.id"], name=op.f("fk_circular_pdf_circular_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("circular_id", name=op.f("pk_circular_pdf")),
    )
    op.create_table(
        "circular_receipt",
        sa.Column("circular_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("account_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminders", sa.Integer(), server_default="0", nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("passed_on_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_circular_receipt_account_id")),
        sa.ForeignKeyConstraint(["circular_id"], ["circular.id"], name=op.f("fk_circular_receipt_circular_id")),
        sa.PrimaryKeyConstraint("circular_id", "account_id", name=op.f("pk_circular_receipt")),
    )
    op.create_index(op.f("ix_circular_receipt_account_id"), "circular_receipt", ["account_id"], unique=False)
    op.create_table(
        "mark_event",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("mark_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("sealed_note", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_mark_event_account_id")),
        sa.ForeignKeyConstraint(["mark_id"], ["mark.id"], name=op.f("fk_mark_event_mark_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mark_event")),
    )
    op.create_index(op.f("ix_mark_event_mark_id"), "mark_event", ["mark_id"], unique=False)
    op.add_column("access_record", sa.Column("role", sa.String(), nullable=True))
    op.add_column("access_record", sa.Column("what", sa.String(), server_default="ask", nullable=False))
    op.create_index("ix_person_area", "person", ["region_code", "rw", "rt"], unique=False)


def downgrade() -> None:
    """Take back."""
    op.drop_index("ix_person_area", table_name="person")
    op.drop_column("access_record", "what")
    op.drop_column("access_record", "role")
    op.drop_index(op.f("ix_mark_event_mark_id"), table_name="mark_event")
    op.drop_table("mark_event")
    op.drop_index(op.f("ix_circular_receipt_account_id"), table_name="circular_receipt")
    op.drop_table("circular_receipt")
    op.drop_table("circular_pdf")
    op.drop_table("circular_area")
    op.drop_index(op.f("ix_sign_in_account_id"), table_name="sign_in")
    op.drop_table("sign_in")
    op.drop_index(op.f("ix_recovery_code_account_id"), table_name="recovery_code")
    op.drop_table("recovery_code")
    op.drop_index(op.f("ix_proposal_ticket_proposal_id"), table_name="proposal_ticket")
    op.drop_table("proposal_ticket")
    op.drop_index(op.f("ix_proposal_photo_proposal_id"), table_name="proposal_photo")
    op.drop_table("proposal_photo")
    op.drop_index("uq_proposal_follower", table_name="proposal_follower")
    op.drop_index(op.f("ix_proposal_follower_proposal_id"), table_name="proposal_follower")
    op.drop_table("proposal_follower")
    op.drop_index("uq_proposal_event_number", table_name="proposal_event")
    op.drop_table("proposal_event")
    op.drop_index(op.f("ix_mark_person_id"), table_name="mark")
    op.drop_index("ix_mark_area", table_name="mark")
    op.drop_table("mark")
    op.drop_table("link_code")
    op.drop_table("invitation")
    op.drop_index(op.f("ix_circular_sent_at"), table_name="circular")
    op.drop_index(op.f("ix_circular_number_key"), table_name="circular")
    op.drop_table("circular")
    op.drop_table("chat_link")
    op.drop_index(op.f("ix_proposal_nik_index"), table_name="proposal")
    op.drop_index(op.f("ix_proposal_kk_index"), table_name="proposal")
    op.drop_index("ix_proposal_desk", table_name="proposal")
    op.drop_table("proposal")
    op.drop_index(
        "ix_notice_waiting",
        table_name="notice",
        postgresql_where=sa.text("done_at IS NULL"),
        sqlite_where=sa.text("done_at IS NULL"),
    )
    op.drop_index("ix_notice_chat_digest", table_name="notice")
    op.drop_table("notice")
    op.drop_index("ix_account_area", table_name="account")
    op.drop_table("account")

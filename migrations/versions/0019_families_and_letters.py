"""Who comes when within a sitting, where neighbourhoods lie, and letters that can be recognised."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Apply."""
    op.add_column("payout_session", sa.Column("plan_id", sa.BigInteger(), nullable=True))
    op.add_column("payout_session", sa.Column("slot", sa.Integer(), nullable=True))
    op.create_table(
        "appointment",
        sa.Column("file_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("window", sa.Integer(), nullable=False),
        sa.Column("windows", sa.Integer(), nullable=False),
        sa.Column("party", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["file_id"], ["payout_file.id"], name=op.f("fk_appointment_file_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_appointment_person_id")),
        sa.PrimaryKeyConstraint("file_id", "person_id", name=op.f("pk_appointment")),
    )
    op.create_index(op.f("ix_appointment_person_id"), "appointment", ["person_id"])
    op.create_table(
        "neighbourhood_spot",
        sa.Column("region_code", sa.Text(), nullable=False),
        sa.Column("rw", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("rt", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("latitude", sa.Double(), nullable=False),
        sa.Column("longitude", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("region_code", "rw", "rt", name=op.f("pk_neighbourhood_spot")),
    )
    op.create_table(
        "letter_printing",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("programme_code", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("region_code", sa.Text(), nullable=False),
        sa.Column("rw", sa.Integer(), nullable=True),
        sa.Column("rt", sa.Integer(), nullable=True),
        sa.Column("sitting_id", sa.BigInteger(), nullable=True),
        sa.Column("paper", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("letters", sa.Integer(), nullable=False),
        sa.Column("first_number", sa.Integer(), nullable=True),
        sa.Column("made_by", sa.BigInteger(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ready_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_why", sa.String(), nullable=True),
        sa.Column("withdrawn_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["programme_code"], ["programme.code"], name=op.f("fk_letter_printing_programme_code")),
        sa.ForeignKeyConstraint(["made_by"], ["account.id"], name=op.f("fk_letter_printing_made_by")),
        sa.ForeignKeyConstraint(["withdrawn_by"], ["account.id"], name=op.f("fk_letter_printing_withdrawn_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_printing")),
    )
    op.create_index("ix_letter_printing_round", "letter_printing", ["programme_code", "period", "region_code"])
    op.create_table(
        "letter_piece",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("printing_id", sa.BigInteger(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("sealed_content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["printing_id"], ["letter_printing.id"], name=op.f("fk_letter_piece_printing_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_piece")),
    )
    op.create_index(op.f("ix_letter_piece_printing_id"), "letter_piece", ["printing_id"])
    op.create_table(
        "letter",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("printing_id", sa.BigInteger(), nullable=False),
        sa.Column("entitlement_id", sa.BigInteger(), nullable=False),
        sa.Column("code_index", sa.LargeBinary(32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sitting_id", sa.BigInteger(), nullable=True),
        sa.Column("comes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("comes_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("state_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handed_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["printing_id"], ["letter_printing.id"], name=op.f("fk_letter_printing_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["entitlement_id"], ["entitlement.id"], name=op.f("fk_letter_entitlement_id")),
        sa.ForeignKeyConstraint(["handed_by"], ["account.id"], name=op.f("fk_letter_handed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sa.UniqueConstraint("code_index", name=op.f("uq_letter_code_index")),
    )
    op.create_index(op.f("ix_letter_printing_id"), "letter", ["printing_id"])
    op.create_index(op.f("ix_letter_entitlement_id"), "letter", ["entitlement_id"])


def downgrade() -> None:
    """Take back."""
    op.drop_table("letter")
    op.drop_table("letter_piece")
    op.drop_table("letter_printing")
    op.drop_table("neighbourhood_spot")
    op.drop_table("appointment")
    op.drop_column("payout_session", "slot")
    op.drop_column("payout_session", "plan_id")

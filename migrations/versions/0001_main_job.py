"""Everything the main job needs: regions, programmes, lists, people, payouts, tries, access records."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# SQLite counts by itself only in a column of exactly INTEGER PRIMARY KEY.
COUNTED = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "attempt",
        sa.Column("key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("span", sa.Integer(), nullable=False),
        sa.Column("fills_at", sa.Integer(), nullable=False),
        sa.Column("opened", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_attempt")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("nik_index", sa.LargeBinary(length=32), nullable=True),
        sa.Column("kk_index", sa.LargeBinary(length=32), nullable=True),
        sa.Column("region_code", sa.String(), nullable=True),
        sa.Column("rw", sa.Integer(), nullable=True),
        sa.Column("rt", sa.Integer(), nullable=True),
        sa.Column("care", sa.Boolean(), nullable=False),
        sa.Column("sealed_names", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_numbers", sa.LargeBinary(), nullable=True),
        sa.Column("sealed_address", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_index(op.f("ix_person_kk_index"), "person", ["kk_index"], unique=False)
    op.create_index(op.f("ix_person_nik_index"), "person", ["nik_index"], unique=False)
    op.create_table(
        "place",
        sa.Column("id", COUNTED, nullable=False),
        sa.Column("region_code", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("opening_hours", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place")),
    )
    op.create_index(op.f("ix_place_name"), "place", ["name"], unique=False)
    op.create_table(
        "programme",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_programme")),
    )
    op.create_table(
        "region",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_region")),
    )
    op.create_table(
        "access_record",
        sa.Column("id", COUNTED, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("door", sa.String(), nullable=False),
        sa.Column("asker", sa.LargeBinary(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_access_record_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_record")),
    )
    op.create_index("ix_access_record_person_id_at", "access_record", ["person_id", "at"], unique=False)
    op.create_table(
        "payout_session",
        sa.Column("id", COUNTED, nullable=False),
        sa.Column("programme_code", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("region_code", sa.Text(), nullable=False),
        sa.Column("rw", sa.Integer(), nullable=True),
        sa.Column("rt", sa.Integer(), nullable=True),
        sa.Column("place_id", sa.BigInteger(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deadline", sa.Date(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("replaces_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_payout_session_place_id")),
        sa.ForeignKeyConstraint(["programme_code"], ["programme.code"], name=op.f("fk_payout_session_programme_code")),
        sa.ForeignKeyConstraint(["replaces_id"], ["payout_session.id"], name=op.f("fk_payout_session_replaces_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payout_session")),
    )
    op.create_index(
        "ix_payout_session_for", "payout_session", ["programme_code", "period", "region_code", "state"], unique=False
    )
    op.create_index(op.f("ix_payout_session_place_id"), "payout_session", ["place_id"], unique=False)
    op.create_index("ix_payout_session_region_code", "payout_session", ["region_code"], unique=False)
    op.create_table(
        "recipient_list",
        sa.Column("id", COUNTED, nullable=False),
        sa.Column("programme_code", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("decree", sa.String(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("faults", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("header", sa.Text(), nullable=True),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_why", sa.String(), nullable=True),
        sa.Column("superseded_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["programme_code"], ["programme.code"], name=op.f("fk_recipient_list_programme_code")),
        sa.ForeignKeyConstraint(["superseded_by"], ["recipient_list.id"], name=op.f("fk_recipient_list_superseded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recipient_list")),
    )
    op.create_index("ix_recipient_list_digest", "recipient_list", ["digest"], unique=False)
    op.create_index(
        "uq_recipient_list_in_force",
        "recipient_list",
        ["programme_code", "area"],
        unique=True,
        postgresql_where=sa.text("state = 'published'"),
        sqlite_where=sa.text("state = 'published'"),
    )
    op.create_table(
        "entitlement",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("list_id", sa.BigInteger(), nullable=False),
        sa.Column("stage", sa.String(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("group_name", sa.String(), nullable=True),
        sa.Column("letter_code", sa.String(), nullable=True),
        sa.Column("sealed_note", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["list_id"], ["recipient_list.id"], name=op.f("fk_entitlement_list_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_entitlement_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entitlement")),
    )
    op.create_index(op.f("ix_entitlement_letter_code"), "entitlement", ["letter_code"], unique=False)
    op.create_index(op.f("ix_entitlement_list_id"), "entitlement", ["list_id"], unique=False)
    op.create_index(op.f("ix_entitlement_person_id"), "entitlement", ["person_id"], unique=False)
    op.create_table(
        "list_fault",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("list_id", sa.BigInteger(), nullable=False),
        sa.Column("row", sa.String(), nullable=False),
        sa.Column("codes", sa.String(), nullable=False),
        sa.Column("sealed_cells", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["list_id"], ["recipient_list.id"], name=op.f("fk_list_fault_list_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_fault")),
    )
    op.create_index(op.f("ix_list_fault_list_id"), "list_fault", ["list_id"], unique=False)
    op.create_table(
        "payment",
        sa.Column("entitlement_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=True),
        sa.Column("at", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["entitlement_id"], ["entitlement.id"], name=op.f("fk_payment_entitlement_id")),
        sa.PrimaryKeyConstraint("entitlement_id", name=op.f("pk_payment")),
    )


def downgrade() -> None:
    """Take back."""
    op.drop_table("payment")
    op.drop_index(op.f("ix_list_fault_list_id"), table_name="list_fault")
    op.drop_table("list_fault")
    op.drop_index(op.f("ix_entitlement_person_id"), table_name="entitlement")
    op.drop_index(op.f("ix_entitlement_list_id"), table_name="entitlement")
    op.drop_index(op.f("ix_entitlement_letter_code"), table_name="entitlement")
    op.drop_table("entitlement")
    op.drop_index(
        "uq_recipient_list_in_force",
        table_name="recipient_list",
        postgresql_where=sa.text("state = 'published'"),
        sqlite_where=sa.text("state = 'published'"),
    )
    op.drop_index("ix_recipient_list_digest", table_name="recipient_list")
    op.drop_table("recipient_list")
    op.drop_index("ix_payout_session_region_code", table_name="payout_session")
    op.drop_index(op.f("ix_payout_session_place_id"), table_name="payout_session")
    op.drop_index("ix_payout_session_for", table_name="payout_session")
    op.drop_table("payout_session")
    op.drop_index("ix_access_record_person_id_at", table_name="access_record")
    op.drop_table("access_record")
    op.drop_table("region")
    op.drop_table("programme")
    op.drop_index(op.f("ix_place_name"), table_name="place")
    op.drop_table("place")
    op.drop_index(op.f("ix_person_nik_index"), table_name="person")
    op.drop_index(op.f("ix_person_kk_index"), table_name="person")
    op.drop_table("person")
    op.drop_table("attempt")

"""What a list covers, its files, and that what takes people off was looked at. Old lists cover whole kelurahan."""

from collections import Counter, defaultdict
from statistics import median

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

VILLAGE = 13  # characters of a kelurahan's code
STRAY_SHARE = 0.05  # with less of what the middle one holds a place is mistyped


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "list_coverage",
        sa.Column("list_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("region_code", sa.Text(), nullable=False),
        sa.Column("rw", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("rt", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("programme_code", sa.String(), nullable=False),
        sa.Column("in_force", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["list_id"], ["recipient_list.id"], name=op.f("fk_list_coverage_list_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["programme_code"], ["programme.code"], name=op.f("fk_list_coverage_programme_code")),
        sa.PrimaryKeyConstraint("list_id", "region_code", "rw", "rt", name=op.f("pk_list_coverage")),
    )
    op.create_table(
        "list_file",
        sa.Column("list_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["list_id"], ["recipient_list.id"], name=op.f("fk_list_file_list_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("list_id", "digest", name=op.f("pk_list_file")),
    )
    op.create_index(op.f("ix_list_file_digest"), "list_file", ["digest"], unique=False)
    op.drop_index("uq_recipient_list_in_force", table_name="recipient_list")
    coverage: sa.Column[str] = sa.Column("coverage", sa.String(), server_default="kelurahan", nullable=False)
    op.add_column("recipient_list", coverage)
    confirmed: sa.Column[bool] = sa.Column("states_confirmed", sa.Boolean(), server_default=sa.false(), nullable=False)
    op.add_column("recipient_list", confirmed)
    # In words: making the table anew, as Alembic does on SQLite, would delete what refers to it.
    op.execute(
        "ALTER TABLE recipient_list ADD COLUMN part_of BIGINT"
        " CONSTRAINT fk_recipient_list_part_of REFERENCES recipient_list (id)"
    )
    _cover()
    op.create_index(
        "uq_list_coverage_in_force",
        "list_coverage",
        ["programme_code", "region_code", "rw", "rt"],
        unique=True,
        postgresql_where=sa.text("in_force"),
        sqlite_where=sa.text("in_force = 1"),
    )


def _cover() -> None:
    """Say of each list which kelurahan it covers. Where two in force cover one, the newer speaks there."""
    lists = sa.table("recipient_list", *map(sa.column, ("id", "programme_code", "area", "state")))
    connection = op.get_bind()
    held: dict[int, Counter[str]] = defaultdict(Counter)
    counted = sa.text(
        "SELECT e.list_id, p.region_code, count(*) FROM entitlement e JOIN person p ON p.id = e.person_id"
        " WHERE length(p.region_code) = :length GROUP BY e.list_id, p.region_code"
    )
    for id, code, count in connection.execute(counted, {"length": VILLAGE}):
        held[id][code] = count
    spoken_for = set()
    rows = []
    for row in connection.execute(sa.select(lists).order_by(lists.c.id.desc())):
        for code in _kelurahan(row.area, held[row.id]):
            in_force = row.state == "published" and (row.programme_code, code) not in spoken_for
            if in_force:
                spoken_for.add((row.programme_code, code))
            rows.append(
                {"list_id": row.id, "region_code": code, "rw": 0, "rt": 0, "programme_code": row.programme_code,
                 "in_force": in_force}
            )  # fmt: skip
    if rows:
        names = ("list_id", "region_code", "rw", "rt", "programme_code", "in_force")
        columns = [sa.column(name, sa.Boolean() if name == "in_force" else None) for name in names]
        connection.execute(sa.table("list_coverage", *columns).insert(), rows)


def _kelurahan(area: str, held: Counter[str]) -> list[str]:
    if len(area) == VILLAGE or not held:
        return [area]
    least = STRAY_SHARE * median(held.values())
    return [code for code, count in held.items() if count >= least]


def downgrade() -> None:
    """Take back. Parts that were taken out of lists stay lists of their own."""
    op.drop_column("recipient_list", "states_confirmed")
    op.drop_column("recipient_list", "coverage")
    with op.batch_alter_table("recipient_list") as table:  # SQLite drops no column that refers to something
        table.drop_column("part_of")
    op.create_index(
        "uq_recipient_list_in_force",
        "recipient_list",
        ["programme_code", "area"],
        unique=True,
        postgresql_where=sa.text("state = 'published'"),
        sqlite_where=sa.text("state = 'published'"),
    )
    op.drop_table("list_file")
    op.drop_table("list_coverage")

"""Letter codes are kept as keyed digests, names of groups sealed, tallies of numbers under keys of their own.

And the KK numbers that were copied down a column, which are nobody's, are kept.

What is there is converted with the keys, which whoever migrates brings (`vault`): nothing of it stays in clear.
"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import context, op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

GROUP = "entitlement.sealed_group"
DAY = 86_400
ENTITLEMENT = sa.table(
    "entitlement",
    sa.column("id", sa.BigInteger),
    sa.column("group_name", sa.String),
    sa.column("letter_code", sa.String),
    sa.column("letter_index", sa.LargeBinary),
    sa.column("sealed_group", sa.LargeBinary),
)
ATTEMPT = sa.table(
    "attempt",
    sa.column("key", sa.LargeBinary),
    sa.column("tries", sa.Integer),
    sa.column("since", sa.BigInteger),
    sa.column("span", sa.Integer),
    sa.column("opened", sa.Boolean),
)
# Under what tallies of numbers, codes and tickets were counted: what these tables have as index.
KNOWN = """
    SELECT nik_index FROM person WHERE nik_index IS NOT NULL
    UNION SELECT kk_index FROM person WHERE kk_index IS NOT NULL
    UNION SELECT letter_index FROM entitlement WHERE letter_index IS NOT NULL UNION SELECT digest FROM proposal_ticket
"""
# More payees than any family has: each NIK once, and everybody without one.
COPIED = """
    INSERT INTO copied_number SELECT kk_index FROM person WHERE kk_index IS NOT NULL GROUP BY kk_index
    HAVING count(DISTINCT nik_index) + count(DISTINCT CASE WHEN nik_index IS NULL THEN id END) > 40
"""


def upgrade() -> None:
    """Apply."""
    op.add_column("entitlement", sa.Column("letter_index", sa.LargeBinary(length=32), nullable=True))
    op.add_column("entitlement", sa.Column("sealed_group", sa.LargeBinary(), nullable=True))
    _convert(_lettered, "letter_code", "letter_index")
    _convert(_grouped, "group_name", "sealed_group")
    op.drop_index("ix_entitlement_letter_code", table_name="entitlement")
    op.drop_column("entitlement", "letter_code")
    op.drop_column("entitlement", "group_name")
    op.create_index("ix_entitlement_letter_index", "entitlement", ["letter_index"], unique=False)
    _count_apart()
    op.create_table(
        "copied_number",
        sa.Column("number", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_copied_number")),
    )
    op.execute(COPIED)


def downgrade() -> None:
    """Take back. Letter codes do not come back: their lists have to be imported again. Closed numbers open."""
    op.drop_table("copied_number")
    op.add_column("entitlement", sa.Column("group_name", sa.String(), nullable=True))
    op.add_column("entitlement", sa.Column("letter_code", sa.String(), nullable=True))
    _convert(_named, "sealed_group", "group_name")
    op.drop_index("ix_entitlement_letter_index", table_name="entitlement")
    op.drop_column("entitlement", "letter_index")
    op.drop_column("entitlement", "sealed_group")
    op.create_index("ix_entitlement_letter_code", "entitlement", ["letter_code"], unique=False)


def _convert(convert: Any, old: str, new: str) -> None:
    """Fill a column with what another one holds."""
    columns = ENTITLEMENT.c
    found = op.get_bind().execute(sa.select(columns.id, columns[old]).where(columns[old].is_not(None))).all()
    if not found:
        return
    vault = _vault()
    changes = [{"row_id": id, "value": convert(vault, value, id)} for id, value in found]
    written = sa.update(ENTITLEMENT).where(columns.id == sa.bindparam("row_id"))
    op.get_bind().execute(written.values({new: sa.bindparam("value"), old: None}), changes)


def _lettered(vault: Any, code: str, _id: int) -> object:
    return vault.digest("letter", code.encode())


def _grouped(vault: Any, name: str, id: int) -> object:
    return vault.seal(name.encode(), GROUP, id)


def _named(vault: Any, sealed: bytes, id: int) -> object:
    return vault.open(sealed, GROUP, id).decode()


def _count_apart() -> None:
    """What anyone missed of a number goes on under its new key. Which tallies these are, no key says: those of others
    get one, too, that nobody asks for, and that is purged after a day."""
    columns = ATTEMPT.c
    counted = sa.select(ATTEMPT).where(columns.opened.is_(False), columns.tries > 0, columns.span == DAY)
    found: Sequence[Any] = op.get_bind().execute(counted).all()
    if found:
        vault = _vault()
        op.bulk_insert(ATTEMPT, [{**row._mapping, "key": vault.digest("tried", bytes(row.key))} for row in found])
    op.execute(f"DELETE FROM attempt WHERE key IN ({KNOWN})")  # noqa: S608 - ours


def _vault() -> Any:
    vault = context.config.attributes.get("vault")
    if vault is None:
        raise RuntimeError("This migration needs the key file: run `python -m salur setup`.")
    return vault

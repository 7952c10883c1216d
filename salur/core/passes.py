"""The pass that a successful check hands out: good for a quarter of an hour, for the record of those it showed.

A door gives it back to see who looked (`salur.core.my_data`) or to have something corrected (`salur.core.proposals`).
It is sealed, so it tells nothing and cannot be made up, and it stands in no address and no cookie.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from salur.core.database import AnyRow
from salur.core.disclosures import Subject
from salur.core.errors import NoKey, Refused
from salur.core.listed_people import NAMES, NUMBERS
from salur.core.tables import PersonRow
from salur.core.vault import Vault

VALID = timedelta(minutes=15)
PURPOSE = "pass.people"  # what it is sealed for; there is no such column
LONGEST = 4_000  # characters; forty ids have about a thousand


def new_pass(vault: Vault, people: Sequence[int], now: datetime) -> str:
    """Seal the ids of `person`, the one whose name was typed first."""
    sealed = vault.seal_json([int((now + VALID).timestamp()), *people], PURPOSE, 0)
    return base64.urlsafe_b64encode(sealed).decode()


def people_of(vault: Vault, key: str, now: datetime) -> tuple[int, ...]:
    """Open a pass. Raises Refused(`key_expired`), whatever is wrong with it."""
    try:
        sealed = base64.b64decode(key.encode("ascii"), altchars=b"-_", validate=True) if len(key) <= LONGEST else b""
        until, *people = vault.open_json(sealed, PURPOSE, 0)
    except (ValueError, NoKey):
        raise Refused("key_expired") from None
    if now.timestamp() >= until:
        raise Refused("key_expired")
    return tuple(people)


def subject_of(connection: Connection, vault: Vault, key: str, now: datetime) -> Subject:
    """Whom a pass is about: the first of its people who is still there. Raises Refused(`key_expired`)."""
    people = people_of(vault, key, now)
    found: dict[int, AnyRow] = {
        row.id: row for row in connection.execute(select(PersonRow.__table__).where(PersonRow.id.in_(people)))
    }
    row = next((found[id] for id in people if id in found), None)
    if row is None:
        raise Refused("key_expired")
    nik, kk = vault.open_json(row.sealed_numbers, NUMBERS, row.id) if row.sealed_numbers else (None, None)
    name = vault.open_json(row.sealed_names, NAMES, row.id)["name"]
    return Subject(row.region_code, row.rw, row.rt, row.nik_index, row.kk_index, name, nik, kk)

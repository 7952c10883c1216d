"""Whether the name in a proposal is that of a listed person: a number alone must tell nobody anything.

Anyone can propose a stranger whose NIK they know. So what lists say of a number, and what was sent about it before, is
told only where the name fits too, as in the look-up; under a KK number the head of the family is good as well.

Whether somebody is proposed already takes as long whosever proposals there are: of so many open ones the names are
opened and compared. Else the time of a sending would tell whoever knows a NIK that there is a proposal for it.
"""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, bindparam, select

from salur.core.limits.attempts import MISSES_OF_ANYONE
from salur.core.names.decoys import DECOYS
from salur.core.names.matching import same_person
from salur.core.people.sealed import open_names
from salur.core.proposals.draft import Draft
from salur.core.proposals.log import BODY
from salur.core.storage.database import AnyRow
from salur.core.storage.prepared import Prepared, columns_of, constant
from salur.core.storage.vault import JsonObject, Vault
from salur.core.tables.proposals import ProposalRow


def open_name_in(vault: Vault, sealed_body: bytes, proposal: int) -> str:
    """The name that was sent with a proposal (its id)."""
    return str(vault.open_json(sealed_body, BODY, proposal).get("name") or "")


def fits(vault: Vault, typed: str, person: AnyRow, *, under_kk: bool) -> bool:
    """Whether it is the name of a listed person; `person` has `person_id` and `sealed_names`."""
    known = open_names(vault, person.sealed_names, person.person_id)
    return any(same_person(name, typed) for name in known.good_for(kk=under_kk))


def are_both_typed(one: str, other: str) -> bool:
    """Whether two names that people sent may be one person's. Neither is forgiven what only an office does to names."""
    both = same_person(one, other), same_person(other, one)
    return all(both)


class _Near(NamedTuple):
    """An open proposal for a NIK, or for one of the next by their index."""

    id: int
    nik_index: bytes
    sealed_body: bytes


_near = (
    select(*columns_of(_Near, **{name: getattr(ProposalRow, name) for name in _Near._fields}))
    .where(ProposalRow.nik_index >= bindparam("index"), ProposalRow.kind == bindparam("kind"))
    .where(ProposalRow.outcome.is_(None))
    .order_by(ProposalRow.nik_index, ProposalRow.id)
)
# Of names sent under one NIK the oldest, as where a list grants: whoever floods it finds no name by it.
NEAR = Prepared(_near.limit(constant(MISSES_OF_ANYONE)), _Near._make)


def find_double(connection: Connection, vault: Vault, draft: Draft, nik_index: bytes) -> int | None:
    """The id of the oldest open proposal of the same kind, NIK and name; about an entitlement, of the same."""
    found = None
    rows = NEAR.run(connection, {"index": nik_index, "kind": draft.kind})
    for row in rows:
        body: JsonObject = vault.open_json(row.sealed_body, BODY, row.id)
        alike = are_both_typed(draft.name, str(body.get("name") or ""))
        if draft.told is not None or body.get("told") is not None:
            alike = draft.told is not None and draft.told.entitlement == (body.get("told") or {}).get("entitlement")
        if alike and found is None and row.nik_index == nik_index:
            found = row.id
    for turn in range(len(rows), MISSES_OF_ANYONE):
        are_both_typed(draft.name, DECOYS[turn % len(DECOYS)])
    return found

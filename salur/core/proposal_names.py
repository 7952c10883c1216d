"""Whether the name in a proposal is that of a listed person: a number alone must tell nobody anything.

Anyone can propose a stranger whose NIK he knows. So what lists say of a number, and what was sent about it before, is
told only where the name fits too, as in the look-up; under a KK number the head of the family is good as well.
"""

from __future__ import annotations

from salur.core.database import AnyRow
from salur.core.listed_people import NAMES
from salur.core.name_parts import read_name
from salur.core.names import same_name
from salur.core.proposal_log import BODY
from salur.core.vault import Vault


def name_in(vault: Vault, row: AnyRow) -> str:
    """The name that was sent; `row` has `id` and `sealed_body` of a proposal."""
    return str(vault.open_json(row.sealed_body, BODY, row.id).get("name") or "")


def fits(vault: Vault, typed: str, person: AnyRow, *, under_kk: bool) -> bool:
    """Whether it is the name of a listed person; `person` has `person_id` and `sealed_names`."""
    known = vault.open_json(person.sealed_names, NAMES, person.person_id)
    names = [known["name"], known["head"] if under_kk else None]
    return any(is_name(typed, name) for name in names if name)


def is_name(typed: str, other: str) -> bool:
    """Whether two names may be one person's."""
    return bool(typed and other) and same_name(read_name(other), read_name(typed))

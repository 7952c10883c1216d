"""Browsers in which an officer was signed in before: known by a mark that shortens waits and signs nobody in.

A mark is made of a sign-in's random token. It is worth nothing once that sign-in was revoked, the password is another,
the account is closed, or the sign-in is forgotten with all that is kept for 13 months.
"""

from __future__ import annotations

import hmac

from sqlalchemy import Connection, or_, select

from salur.core.storage.open_accounts import is_open
from salur.core.storage.vault import Vault
from salur.core.tables.officers import AccountRow, SignInRow

LONGEST_ID = 18  # digits


def make_mark(connection: Connection, vault: Vault, token_digest: bytes) -> str:
    """The mark of the browser that has this sign-in. Empty where there is none."""
    row = connection.execute(_MARKED.where(SignInRow.token_digest == token_digest)).one_or_none()
    return "" if row is None else f"{row.id}.{_sign(vault, row.token_digest, row.password_hash)}"


def is_marked(connection: Connection, vault: Vault, mark: str, username: str) -> bool:
    """Whether a browser with this mark was signed in to this account, and is still trusted with it."""
    id, _, signed = mark.partition(".")
    if not (id.isascii() and id.isdigit() and len(id) <= LONGEST_ID and signed.isascii()):
        return False
    trusted = or_(SignInRow.ended_why.is_(None), SignInRow.ended_why == "left")
    found = _MARKED.where(SignInRow.id == int(id), AccountRow.username == username, trusted)
    row = connection.execute(found.where(is_open(connection, AccountRow))).one_or_none()
    return row is not None and hmac.compare_digest(signed, _sign(vault, row.token_digest, row.password_hash))


_MARKED = (
    select(SignInRow.id, SignInRow.token_digest, AccountRow.password_hash)
    .join(AccountRow, AccountRow.id == SignInRow.account_id)
    .where(SignInRow.complete)
)


def _sign(vault: Vault, token_digest: bytes, password_hash: str) -> str:
    return vault.digest("device mark", bytes(token_digest) + password_hash.encode()).hex()

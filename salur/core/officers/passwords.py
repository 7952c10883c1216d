"""Passwords: argon2id with today's parameters, older hashes made anew at the next sign-in, and what is too easy."""

from __future__ import annotations

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Connection, select, update

from salur.core.errors import Refused, WeakPassword
from salur.core.storage.open_accounts import is_open
from salur.core.tables.officers import AccountRow

# OWASP's second choice: 19 MiB, two passes, one lane; 40-50 ms here. Raised by changing these lines: see `is_outdated`.
HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
SHORTEST, LONGEST = 10, 200
EASY = frozenset(
    "password passw0rd qwertyuiop 1234567890 0123456789 bismillah indonesia sayangku rahasia admin".split()
)


def check(password: str, username: str) -> None:
    """Refuse what is guessed first. Raises WeakPassword. No rules about capitals and signs: length is what counts."""
    if len(password) < SHORTEST:
        raise WeakPassword("password_short", digits=len(password))
    if len(password) > LONGEST:
        raise WeakPassword("password_long")
    lowered = password.lower()
    runs = len(set(lowered)) < 5
    easy = any(lowered.startswith(word) and len(lowered) < len(word) + 4 for word in EASY)
    if runs or easy or (username and username.lower() in lowered and len(lowered) < len(username) + 6):
        raise WeakPassword("password_easy")


def hash_of(password: str) -> str:
    """The hash to keep."""
    return HASHER.hash(password)


def matches(kept: str | None, password: str) -> bool:
    """Whether it is the password of a kept hash. Without one (`None`, an unknown user) the work is the same."""
    try:
        HASHER.verify(nobodys_hash() if kept is None else kept, password)
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def is_outdated(kept: str) -> bool:
    """Whether a hash was made with other parameters than today's."""
    return HASHER.check_needs_rehash(kept)


@cache
def nobodys_hash() -> str:
    """What a password for an unknown user name is compared with."""
    return HASHER.hash("nobody has this password")


def lock_unchanged(connection: Connection, account: int, checked: str) -> None:
    """Lock the account, if the hash that was checked is still its own: comparing takes long enough for a reset."""
    same = (AccountRow.id == account) & (AccountRow.password_hash == checked) & is_open(connection, AccountRow)
    if connection.execute(select(AccountRow.id).where(same).with_for_update()).scalar() is None:
        raise Refused("wrong_password")


def set_hash(connection: Connection, account: int, password: str) -> None:
    """Give an account a password, in the caller's transaction."""
    hashed = hash_of(password)
    connection.execute(update(AccountRow).where(AccountRow.id == account).values(password_hash=hashed))

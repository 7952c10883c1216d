"""Waits that grow: after a few wrong passwords each further try has to wait twice as long.

Counted three ways, before anything is compared: for an account from one address, strictly; for the account from
anywhere and for the address on any account, loosely. Who has signed in from an address before is held to the first
alone, so that nobody else can keep him out by guessing. Kept in the table of tallies that the look-up uses too, under
keys of their own; `since` is the last try.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, case, text, update

from salur.core.errors import TooManyAttempts
from salur.core.tables import TallyRow

DAY = 86_400
FIRST_WAIT, LONGEST_WAIT = 30, 3_600  # seconds
# Wrong passwords before waits begin. A village may share one address.
FREE_THERE, FREE_BY_ACCOUNT, FREE_BY_ADDRESS = 5, 20, 30

_LOCK = text(
    """
    INSERT INTO attempt (key, tries, since, span, fills_at, opened) VALUES (:key, 0, 0, :span, 0, false)
    ON CONFLICT (key) DO UPDATE SET span = excluded.span
    RETURNING tries, since, opened
    """
)
_tally = TallyRow.__table__.c


@dataclass(frozen=True, slots=True, repr=False)
class Knock:
    """The keys of one try: digests of account and address together, of each alone (None: not counted)."""

    there: bytes
    account: bytes | None = None
    address: bytes | None = None

    def limits(self) -> list[tuple[bytes, int]]:
        """Keys with their free tries, in the order in which rows are locked: two tries never wait for each other."""
        limits = [(self.there, FREE_THERE), (self.account, FREE_BY_ACCOUNT), (self.address, FREE_BY_ADDRESS)]
        return sorted((key, free) for key, free in limits if key is not None)


def count(connection: Connection, knock: Knock, now: datetime) -> None:
    """Count one try. One that comes too early is refused and not counted.

    Raises: TooManyAttempts with scope `sign_in`.
    """
    second = int(now.timestamp())
    waits, tries_of, known = {}, {}, False
    for key, free in knock.limits():
        tries, since, opened = connection.execute(_LOCK, {"key": key, "span": DAY}).one()
        tries_of[key] = 0 if since + DAY <= second else tries
        waits[key] = since + _wait(tries_of[key], free) - second
        known |= key == knock.there and opened
    left = waits[knock.there] if known else max(waits.values())
    if left > 0:
        raise TooManyAttempts(timedelta(seconds=left), "sign_in")
    for key, tries in tries_of.items():
        counted = update(TallyRow).where(TallyRow.key == key)
        connection.execute(counted.values(tries=tries + 1, since=second))


def forgive(connection: Connection, knock: Knock) -> None:
    """It was right: his tries are taken back everywhere, and he is remembered as one who has been in from there.

    Where many right passwords come from one address, nobody has to wait for them.
    """
    mine = connection.execute(_LOCK, {"key": knock.there, "span": DAY}).one().tries
    for key, _ in knock.limits():
        fewer = case((_tally.tries > mine, _tally.tries - mine), else_=0)
        values = {"tries": 0, "opened": True} if key == knock.there else {"tries": fewer}
        connection.execute(update(TallyRow).where(TallyRow.key == key).values(**values))


def _wait(tries: int, free: int) -> int:
    """Seconds to wait after so many tries."""
    if tries < free:
        return 0
    return int(min(FIRST_WAIT * 2 ** min(tries - free, 10), LONGEST_WAIT))

"""How much one asker may send, and that two who propose the same person at once do it one after the other.

Kept in the table of tallies that the look-up uses too, under keys of their own.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, text

from salur.core.attempts import HOUR, Asker
from salur.core.errors import TooManyAttempts
from salur.core.vault import Vault

# A mobile carrier puts a village behind one address; a chat is one person, who may help a street.
SENDINGS_AN_HOUR = {"chat": 20, "address": 200}

_COUNT = text(
    """
    INSERT INTO attempt (key, tries, since, span, fills_at, opened) VALUES (:key, 1, :now, :span, 0, false)
    ON CONFLICT (key) DO UPDATE SET
        tries = CASE WHEN attempt.since + attempt.span <= excluded.since THEN 1 ELSE attempt.tries + 1 END,
        since = CASE WHEN attempt.since + attempt.span <= excluded.since THEN excluded.since ELSE attempt.since END
    RETURNING tries, since
    """
)


def count_sending(
    connection: Connection, vault: Vault, asker: Asker, index: bytes | None, now: datetime
) -> TooManyAttempts | None:
    """Count one sending and say whether it is refused.

    The tally of the person proposed (`index`) refuses nothing: its row stays locked until the transaction ends, so that
    of two who propose him at once the second finds the first.
    """
    second = int(now.timestamp())
    mine = vault.digest("sending", f"{asker.kind}:{asker.value}".encode())
    keys = [mine] if index is None else [mine, vault.digest("proposed", index)]
    found = {}
    for key in sorted(keys):  # in one order, so that two never wait for each other
        found[key] = connection.execute(_COUNT, {"key": key, "now": second, "span": HOUR}).one()
    tries, since = found[mine]
    if tries <= SENDINGS_AN_HOUR[asker.kind]:
        return None
    return TooManyAttempts(timedelta(seconds=max(since + HOUR - second, 1)), "asker")

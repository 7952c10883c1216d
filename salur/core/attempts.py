"""Tries are counted first, then judged: what is guessed too often stops being answered.

Three misses by one asker on one identity: that asker waits 24 hours for that identity. Ten misses by anyone on one
identity within 24 hours: it is closed to askers who have not succeeded before. And a generous number of questions an
hour for each asker, because mobile carriers put a whole village behind one address.

All is kept in one table of tallies that site, bot and all their processes share. One statement counts all three before
anything is compared; the rows it writes stay locked until the transaction ends, so a hundred tries at once are judged
one after the other. A tally's span runs from its first try, and anew from the try that fills it.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from sqlalchemy import Connection, bindparam, case, literal_column, text, update

from salur.core.errors import TooManyAttempts
from salur.core.prepared import Prepared
from salur.core.tables import TallyRow
from salur.core.vault import Vault

HOUR, DAY = 3_600, 86_400
WITH_PORT = re.compile(r"^(?:\[([^\]]*)\]|([\d.]+))(?::\d+)?$")
MISSES_OF_ONE_ASKER = 3
MISSES_OF_ANYONE = 10
QUESTIONS_AN_HOUR = {"chat": 60, "address": 600}

COUNT = Prepared(
    text(
        """
        INSERT INTO attempt (key, tries, since, span, fills_at, opened)
        VALUES (:key0, 1, :now, :span0, :fills0, false),
               (:key1, 1, :now, :span1, :fills1, false),
               (:key2, 1, :now, :span2, :fills2, false)
        ON CONFLICT (key) DO UPDATE SET
            tries = CASE WHEN attempt.since + attempt.span <= excluded.since THEN 1 ELSE attempt.tries + 1 END,
            since = CASE WHEN attempt.since + attempt.span <= excluded.since OR attempt.tries + 1 = excluded.fills_at
                         THEN excluded.since ELSE attempt.since END
        RETURNING key, tries, since, opened
        """
    ).columns(TallyRow.key, TallyRow.tries, TallyRow.since, TallyRow.opened)
)
_tally = TallyRow.__table__.c
_both = update(TallyRow).where(_tally.key.in_((bindparam("identity"), bindparam("pair"))))
# The identity loses this asker's misses; he loses all of his, and is remembered as one who has succeeded.
FORGIVE = Prepared(
    _both.values(
        tries=case(
            (_tally.key == bindparam("pair"), literal_column("0")),
            (_tally.tries > bindparam("fewer"), _tally.tries - bindparam("fewer")),
            else_=literal_column("0"),
        ),
        opened=(_tally.key == bindparam("pair")) | _tally.opened,
    )
)
# A refused try is no miss: one who is refused again and again must not close the number for others.
UNCOUNT = Prepared(_both.where(_tally.tries > literal_column("0")).values(tries=_tally.tries - literal_column("1")))
ALL = 1_000_000  # more misses than anyone makes in a day


@dataclass(frozen=True, slots=True, repr=False)
class Asker:
    """Who asks: a Telegram chat, or a network address. Known to the core only by a keyed digest."""

    kind: str  # chat or address
    value: str

    @classmethod
    def chat(cls, chat_id: int) -> Self:
        """A Telegram chat."""
        return cls("chat", str(chat_id))

    @classmethod
    def address(cls, address: str) -> Self:
        """A network address. One household has a whole IPv6 /64, so that is what counts.

        Some proxies hand a port over with it, `203.0.113.7:5123` or `[2001:db8::1]:5123`; it is dropped.

        Raises: ValueError.
        """
        bare = WITH_PORT.sub(r"\1\2", address).partition("%")[0]
        ip = ipaddress.ip_address(bare)
        if ip.version == 6:
            if ip.ipv4_mapped is not None:
                return cls("address", str(ip.ipv4_mapped))
            return cls("address", str(ipaddress.ip_network((ip, 64), strict=False)))
        return cls("address", str(ip))

    @property
    def door(self) -> str:
        """The door that this kind of asker comes through, for the access record."""
        return "bot" if self.kind == "chat" else "web"

    def __repr__(self) -> str:
        return f"<Asker {self.kind}>"


@dataclass(frozen=True, slots=True, repr=False)
class Try:
    """One counted try. `refusal` says whether it may go on to a comparison."""

    asker: bytes  # digest
    identity: bytes  # index
    pair: bytes
    misses: int  # of this asker on this identity, this try included
    refusal: TooManyAttempts | None


class Attempts:
    """Counts tries inside the caller's transaction, which must be committed whatever the outcome."""

    def __init__(self, vault: Vault, clock: Callable[[], datetime]) -> None:
        self._vault = vault
        self._clock = clock

    def count(self, connection: Connection, identity: bytes, asker: Asker) -> Try:
        """Count one try on an identity (its 32-byte index) and say whether it is refused."""
        asker_key = known_as(self._vault, asker)
        pair = self._pair(asker_key, identity)
        limit = QUESTIONS_AN_HOUR[asker.kind]
        now = int(self._clock().timestamp())
        # Sorted, so that two tries never wait for each other's rows on PostgreSQL.
        tallies = sorted([(asker_key, HOUR, 0), (pair, DAY, MISSES_OF_ONE_ASKER), (identity, DAY, MISSES_OF_ANYONE)])
        values: dict[str, object] = {"now": now}
        for i, (key, span, fills) in enumerate(tallies):
            values |= {f"key{i}": key, f"span{i}": span, f"fills{i}": fills}
        found = {bytes(row.key): row for row in COUNT.run(connection, values)}
        asked, mine, anyones = found[asker_key], found[pair], found[identity]
        refusal = None
        if asked.tries > limit:
            refusal = _refusal(asked.since + HOUR - now, "asker")
        elif mine.tries > MISSES_OF_ONE_ASKER:
            refusal = _refusal(mine.since + DAY - now, "identity")
        elif anyones.tries > MISSES_OF_ANYONE and not mine.opened:
            refusal = _refusal(anyones.since + DAY - now, "closed")
        if refusal is not None:
            UNCOUNT.run(connection, {"identity": identity, "pair": pair})
        return Try(asker_key, identity, pair, mine.tries, refusal)

    def succeed(self, connection: Connection, tried: Try, reopened: Sequence[bytes] = ()) -> None:
        """Clear this asker's misses, and open again what a harasser closed (`reopened`: indexes of the same person)."""
        FORGIVE.run(connection, {"identity": tried.identity, "pair": tried.pair, "fewer": tried.misses})
        for index in reopened:
            FORGIVE.run(connection, {"identity": index, "pair": self._pair(tried.asker, index), "fewer": ALL})

    def _pair(self, asker: bytes, identity: bytes) -> bytes:
        return self._vault.digest("asker+identity", asker + identity)


def known_as(vault: Vault, asker: Asker) -> bytes:
    """The digest that an asker is known by, in tallies and in the access record."""
    return vault.digest("asker", f"{asker.kind}:{asker.value}".encode())


def _refusal(seconds: int, scope: str) -> TooManyAttempts:
    return TooManyAttempts(timedelta(seconds=max(seconds, 1)), scope)

"""Tries are judged first, then counted: what is guessed too often stops being answered.

Three misses by one asker on one number: that asker waits 24 hours for that number. Ten misses by anyone on one number
within 24 hours: it is closed to askers who have not succeeded before. What keeps strangers from closing thousands is
the budget of each asker over all numbers: so many numbers missed in an hour and in a day. Whoever is right about a
number gets a few misses back, because mobile carriers put a whole village behind one address, and most who ask there
are listed or mistype. While the whole site is being guessed at, budgets are a quarter. `bench.budgets` says what all
this costs whom; docs/decisions.md, why.

All is kept in the table of tallies that site, bot and all their processes share.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from salur.core.errors import RanOut, TooManyAttempts
from salur.core.limits import tallies
from salur.core.limits.asker import Asker, known_as
from salur.core.limits.budgets import Budget, budgets_of
from salur.core.limits.strain import Strain
from salur.core.limits.tallies import DAY, Tally
from salur.core.storage.vault import Vault

MISSES_OF_ONE_ASKER = 3
MISSES_OF_ANYONE = 10


@dataclass(slots=True, repr=False)
class Try:
    """One try. `refusal` says whether it may go on to a comparison; whoever found it right says so (`succeed`)."""

    asker: bytes  # digest
    identity: bytes  # index
    anyones: bytes  # keys of tallies: of anyone on the identity, and of the asker on it
    pair: bytes
    found: Mapping[bytes, Tally]
    budgets: Mapping[bytes, Budget]
    refusal: TooManyAttempts | None
    right: bool = False
    tries_left: int = field(default=0)  # on this identity, once this one is counted
    next_refusal: TooManyAttempts | None = field(default=None)  # what the next one will meet, as things are


class Attempts:
    """Counts tries inside the caller's transaction, which must be committed whatever the outcome."""

    def __init__(self, vault: Vault, clock: Callable[[], datetime]) -> None:
        self._vault = vault
        self._clock = clock
        self._strain = Strain()

    @contextmanager
    def count(self, connection: Connection, identity: bytes, asker: Asker) -> Iterator[Try]:
        """One try on an identity (its 32-byte index), judged here and counted when the block ends.

        It is a miss unless the block finds it right. A refused one is not counted at all: whoever is refused again and
        again must not close anything for others, nor lengthen anyone's wait.
        """
        now = self._now
        tried = self._look(connection, identity, asker, now)
        yield tried
        if tried.refusal is None:
            self._strain.count(now, right=tried.right)
            counted = list(_right(tried, now) if tried.right else _missed(tried, now))
            changed = [tally for tally in counted if tally != tried.found[tally.key] or _begins_anew(tally, now)]
            if changed:
                tallies.write(connection, changed)
            _look_ahead(tried, counted, now)

    def succeed(self, connection: Connection, tried: Try, reopened: Sequence[bytes] = ()) -> None:
        """It was right: open again, too, what a harasser closed (`reopened`: indexes of the same person)."""
        tried.right = True
        now = self._now
        for index in reopened:
            pair, anyones = self._pair(tried.asker, index), tally_of(self._vault, index)
            found = tallies.lock(connection, {pair: DAY, anyones: DAY}, now)
            both = found[pair]._replace(tries=0, opened=True), found[anyones]._replace(tries=0, opened=False)
            tallies.write(connection, both)

    def are_closed(self, connection: Connection, identities: Sequence[bytes]) -> bool:
        """Whether any of these identities may be closed to somebody: to one who missed thrice, or to strangers."""
        return any(map(_may_be_closed, self._tallies(connection, identities)))

    def reopen(self, connection: Connection, identities: Sequence[bytes]) -> int:
        """Open those that may be closed; gives how many. What anybody missed on them before counts no more."""
        closed = list(filter(_may_be_closed, self._tallies(connection, identities)))
        if closed:
            tallies.write(connection, [tally._replace(tries=0, since=self._now, opened=True) for tally in closed])
        return len(closed)

    def _tallies(self, connection: Connection, identities: Sequence[bytes]) -> list[Tally]:
        spans = {tally_of(self._vault, identity): DAY for identity in identities}
        return list(tallies.lock(connection, spans, self._now).values()) if spans else []

    def _look(self, connection: Connection, identity: bytes, asker: Asker, now: int) -> Try:
        asker_key = known_as(self._vault, asker)
        pair, anyones = self._pair(asker_key, identity), tally_of(self._vault, identity)
        budgets = budgets_of(self._vault, asker, strained=self._strain.holds(now))
        spans = {pair: DAY, anyones: DAY, **{key: budget.span for key, budget in budgets.items()}}
        found = tallies.lock(connection, spans, now)
        found |= _since_it_was_reopened(found[pair], found[anyones], now)
        tried = Try(asker_key, identity, anyones, pair, found, budgets, None)
        tried.refusal = _refusal(tried, now)
        return tried

    @property
    def _now(self) -> int:
        return int(self._clock().timestamp())

    def _pair(self, asker: bytes, identity: bytes) -> bytes:
        return self._vault.digest("asker+identity", asker + identity)


def tally_of(vault: Vault, identity: bytes) -> bytes:
    """The key under which anyone's misses on an identity are counted: not its index, which would join two tables for
    whoever steals them."""
    return vault.digest("tried", identity)


def _begins_anew(tally: Tally, now: int) -> bool:
    """Whether a span begins now of one who was right before: as found it had begun, too, but nobody has written so.

    By `since` it is told for how long they are known (`retention`), and what was forgiven them stays forgiven.
    """
    return tally.opened and tally.since == now


def _may_be_closed(anyones: Tally) -> bool:
    return anyones.tries >= MISSES_OF_ONE_ASKER


def _since_it_was_reopened(mine: Tally, anyones: Tally, now: int) -> dict[bytes, Tally]:
    """The tallies of an identity without what an office forgave: misses from before it was opened again.

    That anyone's tally is `opened` says so, for as long as it runs: until its span is over, or ten misses fill it.
    """
    if anyones.tries == 0 and anyones.since == now:
        anyones = anyones._replace(opened=False)  # its span was over
    if anyones.opened and mine.since < anyones.since:
        mine = mine._replace(tries=0, since=now)
    return {mine.key: mine, anyones.key: anyones}


def _refusal(tried: Try, now: int) -> TooManyAttempts | None:
    """Why it may not go on, with the longest wait of its kind."""
    mine, anyones = tried.found[tried.pair], tried.found[tried.anyones]
    waits = [tried.found[key].left(now) for key, b in tried.budgets.items() if tried.found[key].tries >= b.limit]
    if waits:
        return TooManyAttempts(timedelta(seconds=max(waits)), RanOut.ASKER)
    if mine.tries >= MISSES_OF_ONE_ASKER:
        return TooManyAttempts(timedelta(seconds=mine.left(now)), RanOut.IDENTITY)
    if anyones.tries >= MISSES_OF_ANYONE and not mine.opened:
        return TooManyAttempts(timedelta(seconds=anyones.left(now)), RanOut.CLOSED)
    return None


def _look_ahead(tried: Try, counted: Iterable[Tally], now: int) -> None:
    """What is left once this try is counted: the same work, and the same for what is known as for what is not."""
    after = replace(tried, found={**tried.found, **{tally.key: tally for tally in counted}})
    mine, anyones = after.found[tried.pair].tries, after.found[tried.anyones].tries
    by_anyone = MISSES_OF_ONE_ASKER if after.found[tried.pair].opened else MISSES_OF_ANYONE - anyones
    tried.next_refusal = _refusal(after, now)
    tried.tries_left = 0 if tried.next_refusal else min(MISSES_OF_ONE_ASKER - mine, by_anyone)


def _missed(tried: Try, now: int) -> Iterator[Tally]:
    """A miss on the number, by this asker and by anyone; of the budgets one, if the number was not missed before."""
    mine = tried.found[tried.pair]
    yield mine.plus(1, now, fills=MISSES_OF_ONE_ASKER)
    anyones = tried.found[tried.anyones].plus(1, now, fills=MISSES_OF_ANYONE)
    yield anyones._replace(opened=anyones.opened and anyones.tries < MISSES_OF_ANYONE)
    if mine.tries == 0:
        for key, budget in tried.budgets.items():
            if not budget.of_rights:
                yield tried.found[key].plus(1, now, fills=budget.limit)


def _right(tried: Try, now: int) -> Iterator[Tally]:
    """This asker's misses on the number are forgiven, here and in the budgets; for a number first found right, more."""
    mine, anyones = tried.found[tried.pair], tried.found[tried.anyones]
    yield mine._replace(tries=0, opened=True)
    yield anyones.plus(-mine.tries, now)
    if not mine.opened:
        for key, budget in tried.budgets.items():
            change = 1 if budget.of_rights else -budget.given_back - min(mine.tries, 1)
            yield tried.found[key].plus(change, now, fills=budget.limit)

"""How often a code may be scanned that is on no letter: as often as a number may be missed, in budgets of its own.

A code is not guessed for somebody: there is no second half to find, and of 75 bits none by chance. So no code is ever
closed, and what was scanned once may be scanned again: who scans the letter that a whole village got forged is told so
each time. Strangers who search are stopped by the budget of new codes; whoever scans genuine ones uses none of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from salur.core.errors import RanOut, TooManyAttempts
from salur.core.limits import tallies
from salur.core.limits.asker import Asker, known_as
from salur.core.limits.budgets import budgets_of
from salur.core.limits.tallies import DAY, Tally
from salur.core.storage.vault import Vault


@dataclass(slots=True)
class Scan:
    """One code. `refusal` says whether it may be looked for; whoever found it says so in `right`."""

    refusal: TooManyAttempts | None
    right: bool = False


class Scans:
    """Counts scans inside the caller's transaction, which must be committed whatever the outcome."""

    def __init__(self, vault: Vault, clock: Callable[[], datetime]) -> None:
        self._vault = vault
        self._clock = clock

    @contextmanager
    def count(self, connection: Connection, code: bytes, asker: Asker) -> Iterator[Scan]:
        """One scan of a code (its 32-byte index), judged here and counted when the block ends."""
        now = int(self._clock().timestamp())
        pair = self._vault.digest("asker+letter", known_as(self._vault, asker) + code)
        budgets = budgets_of(self._vault, asker, of="scan-")
        found = tallies.lock(connection, {key: budget.span for key, budget in budgets.items()}, now)
        full = [found[key].left(now) for key, budget in budgets.items() if found[key].tries >= budget.limit]
        if full:  # to lock what is not there would write it down, on PostgreSQL: a row for each code of who searches
            known = [one for one in tallies.LOOK.run(connection, [pair]) if one.left(now)]
            mine = known[0] if known else Tally(pair, DAY, 0, now, opened=False)
        else:
            mine = tallies.lock(connection, {pair: DAY}, now)[pair]
        waits = bool(full) and not mine.tries
        scan = Scan(TooManyAttempts(timedelta(seconds=max(full)), RanOut.ASKER) if waits else None)
        yield scan
        if scan.refusal is not None or mine.tries:
            return
        counted = [mine.plus(1, now)]
        for key, budget in budgets.items():
            if budget.of_rights == scan.right:
                counted.append(found[key].plus(1, now, fills=budget.limit))
        tallies.write(connection, counted)

"""Which lines of lists count: one entry per payee, what a corrected list changes, who was taken off, whose sitting.

The resident's answer (`standing`) and the head's list (`neighbourhood`) are made by these same rules, so that the two
never contradict each other. Pure: rows are read, nothing is asked of the database.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

from salur.core.answers import Payout, PlaceKind, State
from salur.core.database import AnyRow
from salur.core.periods import last_day
from salur.core.sittings import fits

ONE_YEAR = timedelta(days=365)
# States in which there is something to collect.
COLLECTS = (State.ENTITLED, State.GROUP)


@dataclass(frozen=True, slots=True, repr=False)
class ListedLine:
    """A payee's entry on one list. `row` says what the list says; `paid` is the row that knows of the payment."""

    row: Any  # with at least list_id, list_state, programme_code, period, paid_state and now_id
    who: object  # what tells payees apart
    paid: Any


Line = TypeVar("Line", bound=ListedLine)


def corrected(lines: Iterable[Line]) -> list[Line]:
    """Without the lines that a later list of the same period corrects; what was paid by then stays paid."""
    newest: dict[tuple[object, ...], Line] = {}
    for line in sorted(lines, key=lambda line: (line.row.list_state == "published", line.row.list_id)):
        key = (line.who, line.row.programme_code, line.row.period)
        older = newest.pop(key, None)
        if older is not None and older.row.list_state == "published":
            newest[*key, older.row.list_id] = older  # on two lists at once: both are shown
        elif older is not None and line.row.paid_state is None:
            line = replace(line, paid=older.paid)
        newest[key] = line
    return list(newest.values())


def replaced_within_a_year(lines: Iterable[Line], now: datetime) -> list[Line]:
    """The lines of lists that others replaced, the earliest period first; none that is over for a year."""
    kept = [line for line in lines if line.row.list_state == "superseded" and _within_a_year(line.row.period, now)]
    return sorted(kept, key=lambda line: last_day(line.row.period))


def latest_before(kept: Iterable[Line]) -> dict[tuple[object, str], Line]:
    """By payee and programme, the last of these lines."""
    return {(line.who, line.row.programme_code): line for line in kept}


def no_longer_listed(lines: Iterable[Line], before: Mapping[tuple[object, str], Line]) -> list[Line]:
    """The latest line of each payee and programme whose list has been replaced by one that does not name him."""
    listed = {(line.who, line.row.programme_code) for line in lines if line.row.list_state == "published"}
    return [line for key, line in before.items() if key not in listed and line.row.now_id is not None]


def own_sittings(sittings: Iterable[AnyRow], *, care: bool) -> list[AnyRow]:
    """Of the sittings around a payee those that are his: of the smallest area; at home only for those who need it."""
    possible = [s for s in sittings if care or s.s_kind != PlaceKind.HOME]
    if care and any(s.s_kind == PlaceKind.HOME for s in possible):
        possible = [s for s in possible if s.s_kind == PlaceKind.HOME]
    by_fit: dict[int, list[AnyRow]] = defaultdict(list)
    for sitting in possible:
        by_fit[fits(sitting)].append(sitting)
    return sorted(by_fit[max(by_fit)], key=lambda s: s.s_starts_at) if by_fit else []


def next_or_missed(payouts: Sequence[Payout], now: datetime) -> tuple[Payout | None, Payout | None]:
    """Of someone's own payouts, in their order, the next one; or, when all are over, the last as the missed one."""
    upcoming = next((payout for payout in payouts if payout.ends >= now), None)
    return upcoming, payouts[-1] if payouts and upcoming is None else None


def _within_a_year(period: str, now: datetime) -> bool:
    return last_day(period) >= now.date() - ONE_YEAR

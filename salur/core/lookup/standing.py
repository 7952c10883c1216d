"""How people stand on the lists: the rules for what is shown of what the lists say."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from salur.core.lists.kinds import ListState
from salur.core.lists.periods import last_day
from salur.core.lookup.answers import Entitlement, OnTheList
from salur.core.lookup.finding import BY_ID
from salur.core.lookup.queries import StandingRow, standing_rows
from salur.core.lookup.rules import (
    COLLECTS,
    corrected,
    counted_as,
    latest_before,
    no_longer_listed,
    replaced_within_a_year,
)
from salur.core.lookup.saying import SaidOf, contestable, entitlement, key_of, no_longer, printable, with_post_office
from salur.core.lookup.still_listed import Found, Gone, Written, still_listed
from salur.core.storage.vault import Vault

NOTHING = Found({}, ())


@dataclass(frozen=True, slots=True, repr=False)
class Standing:
    """That people stand on lists: on one in force (`present`), or on those of the last year alone.

    `shown` are the ids of all rows that the answer shows. `said` puts it together, in the transaction that found it.
    """

    present: bool
    shown: Collection[int]
    said: Callable[[], OnTheList]


@dataclass(frozen=True, slots=True, repr=False)
class Stood:
    """What a list in force says, with the ids of the row of `person` and of the entitlement, which no door gets."""

    person: int
    entitlement: int
    rw: int | None
    rt: int | None
    said: Entitlement


def standing(
    connection: Connection, vault: Vault, payees: Mapping[int, Written], now: datetime, *, until: int
) -> Standing | None:
    """Say how these people (by id) stand on published lists, and on the lists of the last year that these replaced.

    Before someone is told that they were taken off, it is asked whether another row is theirs (`still_listed`). Passes
    of the answer are good `until` then (Unix seconds).
    """
    rows, payees = _rows(connection, vault, payees)
    lines = _lines(rows, payees, whose := _identities(rows, payees))
    kept = replaced_within_a_year(known := corrected(lines), now)
    found = NOTHING
    if gone := no_longer_listed(known, latest_before(kept)):
        found = still_listed(connection, vault, [_gone(line, payees, whose) for line in gone])
        if found.theirs:
            theirs = {row.id: row for rows in found.theirs.values() for row in rows}
            rows, payees = _rows(connection, vault, {**payees, **theirs})
            lines = _lines(rows, payees, whose := _identities(rows, payees))
            known = corrected(counted_as(lines, {key: whose[one[0].id] for key, one in found.theirs.items()}))
            kept = replaced_within_a_year(known, now)
    before = latest_before(kept)
    dropped = no_longer_listed(known, before)
    is_present = bool(dropped) or any(line.row.list_state == ListState.PUBLISHED for line in known)
    if not is_present and not kept:
        return None

    def said() -> OnTheList:
        return _said(connection, vault, known, kept, dropped, found, now, until)

    return Standing(is_present, payees, said)


def _said(
    connection: Connection,
    vault: Vault,
    known: Iterable[SaidOf],
    kept: Iterable[SaidOf],
    dropped: Iterable[SaidOf],
    found: Found,
    now: datetime,
    until: int,
) -> OnTheList:
    """What lists say, entitlement by entitlement."""
    before = latest_before(kept)
    present = []
    for line in known:
        if line.row.list_state == ListState.PUBLISHED:
            previous = before.get((line.who, line.row.programme_code))
            said = entitlement(line, vault, now, last_listed=previous.row.period if previous else None)
            present.append(printable(contestable(said, line, vault, until), line, vault, until))
    for line in dropped:
        present.append(contestable(no_longer(line, vault, now, found), line, vault, until))
    past = [contestable(entitlement(line, vault, now), line, vault, until, past=True) for line in kept]
    present = [with_post_office(connection, said) for said in present]
    return OnTheList(tuple(sorted(present, key=_next_date_first)), tuple(sorted(past, key=_latest_first)))


def in_force(connection: Connection, vault: Vault, payees: Mapping[int, Written], now: datetime) -> list[Stood]:
    """What lists in force say of these people (by id), each as `standing` would say it; without passes."""
    rows, payees = _rows(connection, vault, payees)
    lines = corrected(_lines(rows, payees, _identities(rows, payees)))
    present = (line for line in lines if line.row.list_state == ListState.PUBLISHED)
    return [
        Stood(line.row.person_id, line.row.id, line.row.rw, line.row.rt, entitlement(line, vault, now))
        for line in present
    ]


def _rows(
    connection: Connection, vault: Vault, payees: Mapping[int, Written]
) -> tuple[list[StandingRow], Mapping[int, Written]]:
    """What lists say of these people, and who they are: with the rows that have their name as it was, or is, corrected.

    Whoever asks by either name is one payee, and is not told that they were taken off.
    """
    rows, known = standing_rows(connection, payees), set(payees)
    while others := {id for said, _ in rows for id in (said.person_before, said.person_since) if id} - known:
        known |= others
        found = {row.id: Written.opened(vault, row) for row in BY_ID.run(connection, others)}
        payees = {**payees, **found}
        rows = standing_rows(connection, payees)
    return rows, payees


def _identities(rows: Iterable[StandingRow], payees: Mapping[int, Written]) -> dict[int, object]:
    """By id what tells two payees apart: the NIK, else the row, of which a correction makes no other payee."""
    whose: dict[int, object] = {id: payee.nik or id for id, payee in payees.items()}
    for said, _ in rows:  # the earlier written first
        if said.person_before in whose and (before := whose[said.person_before]) != (own := whose[said.person_id]):
            whose = {id: before if who == own else who for id, who in whose.items()}
    return whose


def _gone(line: SaidOf, payees: Mapping[int, Written], whose: Mapping[int, object]) -> Gone:
    rows = [row for id, row in payees.items() if whose[id] == line.who]
    return Gone(key_of(line), line.row.now_id or 0, rows, (line.row.rw, line.row.rt))


def _lines(rows: Iterable[StandingRow], payees: Mapping[int, Written], whose: Mapping[int, object]) -> list[SaidOf]:
    """One line per list and payee: a NIK that stands twice on one list is still one entitlement."""
    lines: dict[tuple[int, object], SaidOf] = {}
    for said, sitting in rows:
        who = whose[said.person_id]
        line = lines.get((said.list_id, who))
        if line is None:
            name = payees[said.person_id].name
            line = lines[said.list_id, who] = SaidOf(said, who, said, [], name)
        if line.row.id == said.id and sitting is not None:
            line.sittings.append(sitting)
    return list(lines.values())


def _next_date_first(entitlement: Entitlement) -> tuple[int, float, int]:
    ordinary = entitlement.state in COLLECTS
    if entitlement.next_sitting is not None:
        return (0, entitlement.next_sitting.starts.timestamp(), 0)
    return (1 if ordinary else 2, 0.0, -entitlement.list_date.toordinal())


def _latest_first(entitlement: Entitlement) -> tuple[int, str]:
    return (-last_day(entitlement.period).toordinal(), entitlement.programme)

"""From two lists to sums and lines: who is who is found, and what is said differently of them; nobody is shown."""

from __future__ import annotations

import struct
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from sqlalchemy import Connection, select

from salur.core.comparing.answers import Sums
from salur.core.comparing.kinds import Kind, What
from salur.core.comparing.matching import Matched, Pair, Row, match
from salur.core.names.parts import plain_words
from salur.core.people.sealed import open_name
from salur.core.storage.database import AnyRow
from salur.core.storage.vault import Vault
from salur.core.tables.people import EntitlementRow, PersonRow

LINE = struct.Struct("<BIqq")  # what, group, and the rows of both lists; 0 where there is none
QUERY_SIZE = 1_000
TOLD_EVERY = 20_000
Lined = tuple[Row | None, Row | None, What, int]
Progress = Callable[[int], None]


def rows_of(connection: Connection, lists: Collection[int], progress: Progress) -> list[Row]:
    """Everybody on a list and what corrects it, whatever is said of them. `progress` hears how many were read."""
    columns = (
        EntitlementRow.id, PersonRow.id.label("person"), PersonRow.nik_index, PersonRow.kk_index,
        EntitlementRow.letter_index, PersonRow.region_code, PersonRow.rw, PersonRow.rt,
        EntitlementRow.amount, EntitlementRow.state, EntitlementRow.reason,
    )  # fmt: skip
    statement = (
        select(*columns)
        .join(PersonRow, PersonRow.id == EntitlementRow.person_id)
        .where(EntitlementRow.list_id.in_(lists))
        .order_by(EntitlementRow.id)
    )
    rows: list[Row] = []
    for row in connection.execute(statement):
        rows.append(Row._make(row))
        if len(rows) % TOLD_EVERY == 0:
            progress(TOLD_EVERY)
    progress(len(rows) % TOLD_EVERY)
    return rows


class OpenedNames:
    """Names as they are compared, opened when they are asked for; those of `ahead` in few statements."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection, self._vault = connection, vault
        self._known: dict[int, str] = {}

    def of(self, row: Row) -> str:
        """One name, in plain words."""
        if row.person not in self._known:
            self.ahead([row])
        return self._known[row.person]

    def ahead(self, rows: Iterable[Row]) -> None:
        """Open those of many."""
        wanted = sorted({row.person for row in rows} - self._known.keys())
        for start in range(0, len(wanted), QUERY_SIZE):
            some = select(PersonRow.id, PersonRow.sealed_names).where(
                PersonRow.id.in_(wanted[start : start + QUERY_SIZE])
            )
            for found in self._connection.execute(some):
                self._known[found.id] = self._plain(found)

    def _plain(self, found: AnyRow) -> str:
        name = open_name(self._vault, found.sealed_names, found.id)
        return " ".join(plain_words(name)) or name


def work_out(
    before: Sequence[Row], after: Sequence[Row], names: OpenedNames, *, one_round: bool
) -> tuple[dict[str | None, Sums], dict[Kind, list[Lined]]]:
    """The sums of each kelurahan, and the lines of each group in the order in which they are shown."""
    matched = match(before, after, names.of, one_round=one_round)
    names.ahead(row for one, other in matched.pairs if one.person != other.person for row in (one, other))
    changed = [(*pair, what) for pair in matched.pairs if (what := _difference(pair, names))]
    sums = _sums(before, after, matched, changed)
    unsure = sorted((tuple(bucket) for bucket in matched.unsure), key=lambda bucket: _place(bucket[0][0]))
    lines: dict[Kind, list[Lined]] = {
        Kind.REMOVED: [(row, None, What(0), 0) for row in matched.removed],
        Kind.ADDED: [(None, row, What(0), 0) for row in matched.added],
        Kind.CHANGED: [(one, other, what, 0) for one, other, what in changed],
        Kind.UNSURE: list(_numbered(unsure)),
    }
    for kind in (Kind.REMOVED, Kind.ADDED, Kind.CHANGED):
        lines[kind].sort(key=lambda line: _place(line[1] or line[0]))
    lines[Kind.UNSURE].sort(key=lambda line: region_of(line) or "~")  # within a kelurahan a group stays together
    return sums, lines


def pack(lines: Iterable[Lined]) -> bytes:
    """As they are kept."""
    return b"".join(
        LINE.pack(what, group, one.id if one else 0, other.id if other else 0) for one, other, what, group in lines
    )


def unpack(kept: bytes, first: int, count: int) -> Iterator[tuple[int, int, int, int]]:
    """Some of them back: what, group, and the ids of both rows."""
    return LINE.iter_unpack(kept[first * LINE.size : (first + count) * LINE.size])


def region_of(line: Lined) -> str | None:
    """The kelurahan where somebody lives by the second list, else by the first."""
    one = line[1] or line[0]
    return one.region_code if one else None


def _numbered(unsure: Sequence[tuple[Sequence[Row], ...]]) -> Iterator[Lined]:
    for group, (one, other) in enumerate(unsure, 1):
        yield from ((row, None, What(0), group) for row in one)
        yield from ((None, row, What(0), group) for row in other)


def _difference(pair: Pair, names: OpenedNames) -> What:
    one, other = pair
    told: Mapping[What, bool] = {
        What.NAME: one.person != other.person and names.of(one) != names.of(other),
        What.PLACE: (one.region_code, one.rw, one.rt) != (other.region_code, other.rw, other.rt),
        What.AMOUNT: one.amount != other.amount,
        What.STATE: (one.state, one.reason) != (other.state, other.reason),
        What.NIK: one.nik != other.nik,
        What.KK: one.kk != other.kk,
    }
    return What(sum(what for what, differs in told.items() if differs))


def _sums(
    before: Iterable[Row], after: Iterable[Row], matched: Matched, changed: Iterable[tuple[Row, Row, What]]
) -> dict[str | None, Sums]:
    sums: dict[str | None, Sums] = defaultdict(Sums)
    for row in before:
        sums[row.region_code].before += 1
    for row in after:
        sums[row.region_code].after += 1
    for row in matched.removed:
        sums[row.region_code].removed += 1
    for row in matched.added:
        sums[row.region_code].added += 1
    for one, other in matched.pairs:
        if one.region_code == other.region_code:
            sums[one.region_code].stays += 1
        else:
            sums[one.region_code].left += 1
            sums[other.region_code].came += 1
    for _, other, _ in changed:
        sums[other.region_code].changed += 1
    for of_before, of_after in matched.unsure:
        for row in of_before:
            sums[row.region_code].unsure_before += 1
        for row in of_after:
            sums[row.region_code].unsure_after += 1
    return dict(sorted(sums.items(), key=lambda item: item[0] or "~"))


def _place(row: Row | None) -> tuple[str, int, int, int]:
    """Kelurahan, RW and RT; those without one last."""
    assert row is not None
    return (row.region_code or "~", row.rw or 1_000, row.rt or 1_000, row.id)

"""Two lists side by side, whatever has become of them: worked out once, small ones at once and large ones by a runner,
then shown a page at a time or taken away whole.

What is kept are ids and counts. Who is shown is read through the officer's area each time, and recorded.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, delete, insert, select, update

from salur.core.comparing.answers import Comparison, Line, Side, Sums
from salur.core.comparing.kinds import Kind, What
from salur.core.comparing.working import QUERY_SIZE, OpenedNames, pack, region_of, rows_of, unpack, work_out
from salur.core.errors import NotThere, Refused
from salur.core.jobs.answers import Job
from salur.core.jobs.jobs import Jobs
from salur.core.jobs.kinds import JobKind
from salur.core.jobs.lease import Lease
from salur.core.limits.kinds import Door
from salur.core.lists.answers import AT_ONCE, ListSummary
from salur.core.lists.lists import Lists
from salur.core.lists.superseding import together_with
from salur.core.officers.roles import Officer
from salur.core.officers.scope import Scope
from salur.core.pages import Page
from salur.core.people.sealed import Numbers, open_name, open_numbers
from salur.core.privacy.access_log import AccessLog
from salur.core.regions.territory import Territory
from salur.core.storage.database import AnyRow, Database
from salur.core.storage.vault import Vault
from salur.core.tables.comparing import ComparisonLinesRow, ComparisonRow
from salur.core.tables.people import EntitlementRow
from salur.core.tables.regions import RegionRow

ON_A_PAGE = 50
MOST_TAKEN = 30_000  # lines of a workbook: more has to be narrowed to a kelurahan
End = Callable[[Connection], None]


@dataclass(frozen=True, slots=True)
class Parts:
    """What comparing needs of the rest."""

    database: Database
    vault: Vault
    access: AccessLog
    jobs: Jobs
    lists: Lists


class _Compared(NamedTuple):
    """A list with what corrects it: whom a correction speaks of, stands on that and no longer on the list itself."""

    summary: ListSummary  # with the people of all of them
    ids: Sequence[int]
    basis: str


class Comparing:
    """Compares lists, and shows officers what differs. Which lists are an office's, the door knows."""

    def __init__(self, parts: Parts, clock: Callable[[], datetime]) -> None:
        self._database, self._vault, self._access = parts.database, parts.vault, parts.access
        self._jobs, self._lists = parts.jobs, parts.lists
        self._clock = clock

    def begin(self, one: int, other: int, *, by: int) -> int:
        """Compare two lists, the one that was imported first as the first; gives the number of the comparison.

        What was worked out of the same lists with the same people is taken. Raises Refused(`no_such_list`) or
        (`same_list`).
        """
        if one == other:
            raise Refused("same_list")
        sides = [self._side_of(id) for id in sorted((one, other))]
        (before, after), basis = (side.summary for side in sides), _basis(sides)
        with self._database.writing() as connection:
            same = select(ComparisonRow.id).where(
                ComparisonRow.before_list == before.id,
                ComparisonRow.after_list == after.id,
                ComparisonRow.basis == basis,
            )
            known = connection.execute(same.order_by(ComparisonRow.id.desc()).limit(1)).scalar()
            if known is not None and not self._has_failed(known):
                return int(known)
            values = {"before_list": before.id, "after_list": after.id, "made_at": self._clock()}
            values["basis"] = basis
            id = int(connection.execute(insert(ComparisonRow).values(values).returning(ComparisonRow.id)).scalar_one())
            if before.people + after.people > AT_ONCE:
                self._jobs.add(connection, JobKind.COMPARE, id, {}, by)
        if before.people + after.people <= AT_ONCE:
            self._work_out(id, lambda _: None, lambda _: None)
        return id

    def run(self, job: Job, lease: Lease) -> None:
        """Work one out, as a runner. Raises LeaseLost, StopAsked; NotThere when a list is gone."""
        comparison = self.show(job.subject)
        total, done = comparison.before.people + comparison.after.people, 0

        def progress(rows: int) -> None:
            nonlocal done
            done += rows
            lease.report(done, 2 * total)  # finding out who is who takes as long again

        self._work_out(job.subject, progress, lambda connection: lease.end(connection, {}))

    def show(self, id: int) -> Comparison:
        """The sums of one, for an office of any area: nobody is shown. Raises NotThere(`no_such_comparison`)."""
        return self._shown(id, None)

    def within(self, id: int, officer: Officer) -> Comparison:
        """The same, with the lines that an officer may see. Raises as `show`."""
        return self._shown(id, officer.territory)

    def page(
        self, id: int, kind: Kind, officer: Officer, *, kelurahan: str = "", page: int = 1, door: Door
    ) -> Page[Line]:
        """One page of a group, in all of the officer's area or in one kelurahan; the look is recorded.

        Raises as `show`.
        """
        comparison = self.within(id, officer)
        found = comparison.shown(kind, kelurahan)

        def items(limit: int, offset: int) -> Iterable[Line]:
            return self._lines(comparison, kind, officer, kelurahan, offset, limit, door=door, what="list")

        return Page.read(page, found, ON_A_PAGE, items)

    def export(self, id: int, officer: Officer, *, kelurahan: str = "", door: Door) -> Mapping[Kind, list[Line]]:
        """All groups whole, as `page`. Raises as `show`, and Refused(`too_many_to_take`, facts: most)."""
        comparison = self.within(id, officer)
        counts = {kind: comparison.shown(kind, kelurahan) for kind in Kind}
        if sum(counts.values()) > MOST_TAKEN:
            raise Refused("too_many_to_take", most=MOST_TAKEN)
        return {
            kind: self._lines(comparison, kind, officer, kelurahan, 0, count, door=door, what="export")
            for kind, count in counts.items()
        }

    def _has_failed(self, id: int) -> bool:
        job = self._jobs.last_of([id], JobKind.COMPARE).get(id)
        return (job is None or job.is_over) and self._counts(id) is None  # without a job: the page that began it died

    def _counts(self, id: int) -> str | None:
        with self._database.reading() as connection:
            return connection.execute(select(ComparisonRow.counts).where(ComparisonRow.id == id)).scalar()

    def _work_out(self, id: int, progress: Callable[[int], None], end: End) -> None:
        with self._database.reading() as connection:
            row = _row(connection, id)
            sides = [self._side_of(one) for one in (row.before_list, row.after_list)]
            before, after = (rows_of(connection, side.ids, progress) for side in sides)
            rounds = {(side.summary.programme, side.summary.period) for side in sides}
            sums, lines = work_out(before, after, OpenedNames(connection, self._vault), one_round=len(rounds) == 1)
        counts = {
            "sums": [[code, asdict(one)] for code, one in sums.items()],
            "lines": {kind: list(Counter(map(region_of, of_kind)).items()) for kind, of_kind in lines.items()},
        }
        with self._database.writing() as connection:
            connection.execute(delete(ComparisonLinesRow).where(ComparisonLinesRow.comparison_id == id))
            done = update(ComparisonRow).where(ComparisonRow.id == id)
            connection.execute(done.values(counts=json.dumps(counts)))
            kept = [{"comparison_id": id, "kind": kind, "lines": pack(of_kind)} for kind, of_kind in lines.items()]
            connection.execute(insert(ComparisonLinesRow), kept)
            end(connection)

    def _side_of(self, id: int) -> _Compared:
        summary = self._lists.show(id)
        with self._database.reading() as connection:
            with_it = together_with(connection, self._lists.row(connection, id), id)
        people = summary.people + sum(one.people for one in with_it)
        told = [f"+{one.id}:{one.people}:{one.published_at.isoformat()}" for one in with_it]
        ids = (id, *(one.id for one in with_it))
        return _Compared(replace(summary, people=people), ids, "".join([str(summary.people), *told]))

    def _shown(self, id: int, territory: Territory | None) -> Comparison:
        with self._database.reading() as connection:
            row = _row(connection, id)
            kept = json.loads(row.counts or '{"sums": [], "lines": {}}')
            codes = sorted({code for code, _ in kept["sums"] if code})
            named = select(RegionRow.code, RegionRow.name).where(RegionRow.code.in_(codes))
            names = {found.code: found.name for found in connection.execute(named)}
        sides = [self._side_of(one) for one in (row.before_list, row.after_list)]
        of_kind = {kind: dict(kept["lines"].get(kind, ())) for kind in Kind}
        mine = {
            kind: {code: n for code, n in lines.items() if code and territory and territory.covers(Territory(code))}
            for kind, lines in of_kind.items()
        }
        return Comparison(
            id=id,
            before=sides[0].summary,
            after=sides[1].summary,
            made_at=row.made_at,
            is_current=row.basis == _basis(sides),
            job=self._jobs.last_of([id], JobKind.COMPARE).get(id),
            sums={code: Sums(**sums) for code, sums in kept["sums"]},
            names=names,
            lines=mine,
            hidden={kind: sum(lines.values()) - sum(mine[kind].values()) for kind, lines in of_kind.items()},
            is_done=row.counts is not None,
        )

    def _lines(
        self,
        comparison: Comparison,
        kind: Kind,
        officer: Officer,
        kelurahan: str,
        offset: int,
        limit: int,
        *,
        door: Door,
        what: str,
    ) -> list[Line]:
        """Some lines of the officer's area; they stand by kelurahan, so that those of one follow each other."""
        scope = Scope.of(officer)
        with self._database.reading() as connection:
            kept = connection.execute(
                select(ComparisonLinesRow.lines).where(
                    ComparisonLinesRow.comparison_id == comparison.id, ComparisonLinesRow.kind == kind
                )
            ).scalar()
            counts = json.loads(_row(connection, comparison.id).counts or '{"lines": {}}')["lines"].get(kind, ())
            wanted, start = [], 0
            for code, count in counts:
                if code in comparison.lines[kind] and kelurahan in ("", code):
                    wanted += list(unpack(kept or b"", start, count))
                start += count
            wanted = wanted[offset : offset + limit]
            ids = [id for _, _, *both in wanted for id in both if id]
            found = dict(self._sides(connection, scope, ids, comparison.names))
        with self._database.writing() as connection:
            self._access.record(connection, (person for person, _ in found.values()), officer, door=door, what=what)
        lines = []
        for different, group, one, other in wanted:
            was, now = (found[id][1] if id in found else None for id in (one, other))
            elsewhere = (was is None and bool(one)) or (now is None and bool(other))
            lines.append(Line(was, now, What(different), group, elsewhere))
        return lines

    def _sides(
        self, connection: Connection, scope: Scope, ids: list[int], names: Mapping[str, str]
    ) -> Iterable[tuple[int, tuple[int, Side]]]:
        people, listed = scope.people.c, EntitlementRow
        columns = (people.id.label("person"), people.sealed_names, people.sealed_numbers, people.region_code)
        statement = (
            select(listed.id, listed.amount, listed.state, listed.reason, *columns, people.rw, people.rt)
            .select_from(EntitlementRow)
            .join(scope.people, people.id == listed.person_id)
        )
        for start in range(0, len(ids), QUERY_SIZE):
            some = statement.where(listed.id.in_(ids[start : start + QUERY_SIZE]))
            for row in connection.execute(some):
                yield row.id, (row.person, self._side(row, names))

    def _side(self, row: AnyRow, names: Mapping[str, str]) -> Side:
        numbers: Numbers = open_numbers(self._vault, row.sealed_numbers, row.person)
        return Side(
            name=open_name(self._vault, row.sealed_names, row.person),
            region_code=row.region_code,
            kelurahan=names.get(row.region_code or ""),
            rw=row.rw,
            rt=row.rt,
            amount=row.amount,
            state=row.state,
            reason=row.reason,
            nik=numbers.nik.last_four if numbers.nik else None,
            kk=numbers.kk.last_four if numbers.kk else None,
        )


def _row(connection: Connection, id: int) -> AnyRow:
    row = connection.execute(select(ComparisonRow.__table__).where(ComparisonRow.id == id)).one_or_none()
    if row is None:
        raise NotThere("no_such_comparison")
    return row


def _basis(sides: Iterable[_Compared]) -> str:
    return " ".join(side.basis for side in sides)

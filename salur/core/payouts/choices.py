"""Rows of a report of payments that may mean one of several by the name: somebody at the desk says which, or neither.

What a row says is kept without whose it is, and whom it may mean as numbers of entitlements; only those are offered
against whom nothing else speaks. A row that was chosen for counts as matched by hand, and its report adds up as before.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, insert, select, update

from salur.core.errors import NotThere, Refused
from salur.core.officers.scope import Scope
from salur.core.payouts.answers import Candidate, Choice, NotUsed
from salur.core.payouts.kinds import ReportedPayment, Round
from salur.core.payouts.queries import Entitled
from salur.core.payouts.weighing import Known, namesakes, speaks_against
from salur.core.people.sealed import birth_year, open_name
from salur.core.storage.database import AnyRow
from salur.core.storage.statements import AnySelect
from salur.core.storage.vault import Vault
from salur.core.tables.payouts import FilePaymentRow, PayoutChoiceRow
from salur.core.tables.people import EntitlementRow
from salur.core.tables.regions import RegionRow

SEVERAL = "several_by_name"


class Doubtful(NamedTuple):
    """A row, and whom it may mean."""

    payment: ReportedPayment
    candidates: Sequence[Entitled]


def doubtful(payments: Iterable[ReportedPayment], out: Iterable[NotUsed], round: Round, known: Known) -> list[Doubtful]:
    """The rows about which somebody can be asked."""
    asked = {str(line.row) for line in out if line.code == SEVERAL}
    found = []
    for payment in payments:
        if str(payment.row) in asked:
            may_be = [one for one in namesakes(payment, known) if not speaks_against(payment, round, one, known)]
            if candidates := [one.lines[0] for one in may_be if one.lines[0].region_code]:
                found.append(Doubtful(payment, candidates))
    return found


def keep(connection: Connection, file: int, rows: Iterable[Doubtful]) -> None:
    """Write down what is to be asked of a draft."""
    values = [
        {
            "file_id": file,
            "row": str(payment.row),
            "state": payment.status,
            "on": payment.date,
            "at": payment.place,
            "amount": payment.amount,
            "candidates": json.dumps([one.id for one in candidates]),
        }
        for payment, candidates in rows
    ]
    if values:
        connection.execute(insert(PayoutChoiceRow), values)


def choices_of(connection: Connection, vault: Vault, scope: Scope, file: int) -> tuple[list[Choice], set[int]]:
    """What is asked of a report and what was answered, and the persons (ids) who are shown by it."""
    rows = connection.execute(_of(file).order_by(PayoutChoiceRow.id)).all()
    wanted = {id for row in rows for id in json.loads(row.candidates)}
    people, listed = scope.people.c, EntitlementRow
    columns = (people.id.label("person"), people.sealed_names, people.sealed_numbers, people.rw, people.rt)
    found = connection.execute(
        select(listed.id, *columns, RegionRow.name.label("kelurahan"))
        .select_from(EntitlementRow)
        .join(scope.people, people.id == listed.person_id)
        .outerjoin(RegionRow, RegionRow.code == people.region_code)
        .where(listed.id.in_(sorted(wanted)))
    ).all()
    known = {row.id: _candidate(vault, row) for row in found}
    told = [
        Choice(
            id=row.id,
            row=row.row,
            state=row.state,
            on=row.on,
            amount=row.amount,
            candidates=tuple(known[id] for id in json.loads(row.candidates) if id in known),
            chosen=row.entitlement_id,
            decided_at=row.decided_at,
            decided_by=row.decided_by,
        )
        for row in rows
    ]
    return told, {row.person for row in found}


def take(
    connection: Connection, file: AnyRow, choice: int, entitlement: int | None, by: int | None, now: datetime
) -> dict[str, object]:
    """Write down the answer (None: none of them); gives the columns of the report that are others by it.

    Raises: NotThere(`no_such_choice`); Refused with `chosen_already`, or `reported_twice` when another row of the
    report tells of the same money.
    """
    row = connection.execute(_of(file.id).where(PayoutChoiceRow.id == choice)).one_or_none()
    if row is None or (entitlement is not None and entitlement not in json.loads(row.candidates)):
        raise NotThere("no_such_choice")
    if row.decided_at is not None:
        raise Refused("chosen_already")
    answer = {"entitlement_id": entitlement, "decided_at": now, "decided_by": by}
    connection.execute(update(PayoutChoiceRow).where(PayoutChoiceRow.id == choice).values(answer))
    if entitlement is None:
        return {}
    line = (FilePaymentRow.file_id == file.id, FilePaymentRow.entitlement_id == entitlement)
    if connection.execute(select(FilePaymentRow.file_id).where(*line)).first() is not None:
        raise Refused("reported_twice")
    values = {"file_id": file.id, "entitlement_id": entitlement, "state": row.state, "on": row.on, "at": row.at}
    connection.execute(insert(FilePaymentRow).values(values))
    return _counted(file, row)


def _counted(file: AnyRow, row: AnyRow) -> dict[str, object]:
    """The sums of a report in which one more row is used: nothing is lost between used and not used."""
    counts: dict[str, int] = defaultdict(int, json.loads(file.counts))
    counts[row.state] += 1
    left = [line for line in json.loads(file.not_used) if str(line[0]) != row.row]
    rupiah = json.loads(file.rupiah or "{}")
    if rupiah:
        rupiah["used"] += row.amount or 0
        rupiah["not_used"] -= row.amount or 0
    if sum(counts.values()) + len(left) != file.rows:
        raise Refused("rows_lost", rows=file.rows, used=sum(counts.values()), not_used=len(left))
    return {"counts": json.dumps(counts), "not_used": json.dumps(left), "rupiah": json.dumps(rupiah)}


def _candidate(vault: Vault, row: AnyRow) -> Candidate:
    return Candidate(
        entitlement=row.id,
        name=open_name(vault, row.sealed_names, row.person),
        kelurahan=row.kelurahan,
        rw=row.rw,
        rt=row.rt,
        birth_year=birth_year(vault, row.sealed_numbers, row.person),
    )


def _of(file: int) -> AnySelect:
    return select(PayoutChoiceRow.__table__).where(PayoutChoiceRow.file_id == file)

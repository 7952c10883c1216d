"""Who gets a letter: everybody whom the lists in force name, by the rules of the answer, and why the others do not."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, FromClause

from salur.core.letters.issuing.answers import Counted
from salur.core.letters.issuing.kinds import WhyNot
from salur.core.letters.issuing.queries import Listed, basis_of, listed
from salur.core.lists.kinds import State
from salur.core.lookup.answers import Entitlement
from salur.core.lookup.saying import is_to_collect
from salur.core.lookup.standing import Stood, in_force
from salur.core.lookup.still_listed import Written
from salur.core.payouts.answers import PaymentState
from salur.core.people.sealed import open_address, open_name
from salur.core.people.walking import walking_order
from salur.core.storage.vault import Vault

AT_ONCE = 500  # people whose sittings are asked for together
OF_PAYMENT = {
    PaymentState.PAID: WhyNot.PAID,
    PaymentState.RETURNED: WhyNot.RETURNED,
    PaymentState.FAILED: WhyNot.FAILED,
}
OF_STATE = {State.SUSPENDED: WhyNot.SUSPENDED, State.TAKEN_OFF: WhyNot.TAKEN_OFF, State.UNCLEAR: WhyNot.UNCLEAR}
Told = Callable[[int, int], None]  # so many of so many


@dataclass(frozen=True, slots=True, repr=False)
class Payee:
    """Somebody who gets a letter: name and address as listed, and what the answer says."""

    entitlement: int
    person: int
    name: str
    address: str | None
    region_code: str
    rw: int | None
    rt: int | None
    said: Entitlement


def gather(
    connection: Connection,
    vault: Vault,
    people: FromClause,
    programme: str,
    period: str,
    now: datetime,
    *,
    sitting: int | None = None,
    told: Told = lambda _done, _all: None,
) -> tuple[list[Payee], Counted]:
    """The payees of a round among these people, in the order in which letters are carried, and everybody counted.

    `sitting`: only those who come to that one.
    """
    rows = listed(connection, people, programme, period)
    payees: list[Payee] = []
    left_out = Counter[WhyNot]()
    for start in range(0, len(rows), AT_ONCE):
        part = rows[start : start + AT_ONCE]
        names = {row.person: open_name(vault, row.sealed_names, row.person) for row in part}
        written = {row.person: Written(row.person, row.nik_index, row.kk_index, names[row.person]) for row in part}
        stood = {one.entitlement: one for one in in_force(connection, vault, written, now)}
        for row in part:
            one = stood.get(row.entitlement)
            if (why := _why_not(one, sitting)) is not None:
                left_out[why] += 1
            elif one is not None:
                payees.append(payee_of(vault, row, names[row.person], one.said))
        told(min(start + AT_ONCE, len(rows)), len(rows))
    payees, twice = _once_each(payees, rows)
    left_out[WhyNot.OTHER_ROW] += twice
    payees.sort(key=lambda one: walking_order(one.region_code, one.rw, one.rt, one.address, one.name))
    counted = Counted(
        basis_of(connection, people, programme, period)[0],
        len(payees),
        {why: count for why, count in left_out.items() if count},
    )
    assert counted.adds_up, "somebody is lost, or counted twice"
    return payees, counted


def payee_of(vault: Vault, row: Listed, name: str, said: Entitlement) -> Payee:
    """One with the address opened."""
    address = open_address(vault, row.sealed_address, row.person)
    return Payee(row.entitlement, row.person, name, address, row.region_code, row.rw, row.rt, said)


def _why_not(one: Stood | None, sitting: int | None) -> WhyNot | None:
    """Why there is no letter; None where there is one."""
    if one is None:
        return WhyNot.OTHER_ROW
    said = one.said
    if said.payment.state in OF_PAYMENT:
        return OF_PAYMENT[said.payment.state]
    if said.state in OF_STATE:
        return OF_STATE[said.state]
    if not is_to_collect(said):
        return WhyNot.CANCELLED if said.cancelled_sitting else WhyNot.OVER if said.missed_sitting else WhyNot.NO_DAY
    if sitting is not None and said.next_sitting is not None and said.next_sitting.id != sitting:
        return WhyNot.OTHER_SITTING
    return None


def _once_each(payees: Sequence[Payee], rows: Sequence[Listed]) -> tuple[list[Payee], int]:
    """Without the second letter to a NIK and KK number that stand in two rows, which were looked at apart."""
    numbers = {row.entitlement: (row.nik_index, row.kk_index) for row in rows}
    seen: dict[object, list[Payee]] = defaultdict(list)
    for one in payees:
        number = numbers[one.entitlement]
        seen[number if all(number) else one.entitlement].append(one)
    kept = [found[-1] for found in seen.values()]
    return kept, len(payees) - len(kept)

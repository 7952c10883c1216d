"""The officer of one large kelurahan at the list of all who live there: 24,000 lines, by HTTP, alone on the server.

The first page after something was published is worked out, each one after it remembered: both are told. Those of a
head on 300 families are beside them, in the same server. Targets: p95 under 300 ms, and 100 ms. On a machine that does
other things too the CPU of the server tells more.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from statistics import median, quantiles

from sqlalchemy import text, update

from bench.city import announce, listed, sitting
from bench.databases import instances
from bench.heads import WORK, Head
from bench.neighbourhoods import accounts, publish, quarters
from bench.serving import EMPTY, Server, serving
from salur.core.officers.roles import Role
from salur.core.payouts.answers import PaymentState
from salur.core.payouts.kinds import ReportedPayment, Results, Round
from salur.core.tables.officers import AccountRow
from salur.sample.areas import areas
from salur.sample.people import population
from salur.wiring import Services

FAMILIES, RWS, RTS = 16_000, 10, 6  # on one list and half of them on another: 24,000 lines, 400 in an RT
LARGEST = (1, 1)  # RW and RT of the head who is measured beside
TURNS = 40
MORE: tuple[tuple[str, str, str, dict[str, str]], ...] = (
    ("last page", "GET", "/wilayah?hal=480", {}),
    ("by name", "GET", "/wilayah?urut=name", {}),
    ("by day", "GET", "/wilayah?urut=date", {}),
)


def main() -> None:
    """Measure on each database, and print."""
    for database, services in instances():
        names = settle(services)
        with serving() as server:
            asyncio.run(_measure(database, server, names))


def settle(services: Services) -> list[str]:
    """Publish three quarters in an empty database, pay a third of the last; gives who looks: the kelurahan, an RT."""
    today = dt.datetime.now(dt.UTC).date()
    code, rounds = areas()[0].code, quarters(today)
    households = population(4 * FAMILIES)
    people = []
    for number in range(FAMILIES * 15 // 14):
        household = next(households)
        person, rw, rt = household.members[0], number % RWS + 1, number // RWS % RTS + 1
        people.append(listed(person.name, person.nik, household.kk, code, rt, rw, care=number % 20 == 0))
    for age, period in enumerate(rounds):
        # One in fifteen comes and one goes with each quarter: they are looked for once more before they are "off".
        publish(services, [p for i, p in enumerate(people) if (i + age) % 15], "PKH", period)
        publish(services, [p for i, p in enumerate(people) if i % 2 and (i + age) % 15], "SEMBAKO", period)
    paid = tuple(
        ReportedPayment(row=row, nik=person.nik, status=PaymentState.PAID, date=today, place="Kantor Pos Bogor")
        for row, person in enumerate(people[::3], 1)
    )
    report, _ = services.payments.add(Results(payments=paid), Round("PKH", rounds[-1]), bytes(32))
    services.payments.publish(report)
    yesterday = today - dt.timedelta(days=1)
    announce(services, [sitting(p, rounds[-1], code, "Balai warga", yesterday) for p in ("PKH", "SEMBAKO")])
    rw, rt = LARGEST
    names = accounts(services, [(code, rw, rt), (code, rw, rt + 1)])
    with services.database.writing() as connection:
        whole = update(AccountRow).where(AccountRow.username == names[0])
        connection.execute(whole.values(role=str(Role.KELURAHAN), rw=None, rt=None))
        if connection.dialect.name == "postgresql":
            connection.execute(text("ANALYZE"))
    return names


async def _measure(database: str, server: Server, names: list[str]) -> None:
    print(f"\nThe list of a kelurahan of {FAMILIES:,} families, {database}, ms as seen")
    print(f"{'':28}{'first':>10}{'p50':>10}{'p95':>10}{'CPU':>10}")
    heads = [Head(server, number, name) for number, name in enumerate(names)]
    for who, head, target in (("kelurahan", heads[0], 300), ("RT", heads[1], 100)):
        first = await head.signs_in()
        for what, method, path, fields in (*(work[1:] for work in WORK), *MORE):
            # Each worker remembers for itself: all of them have seen it before it counts.
            once = [await _sends(head, method, path, fields) for _ in range(TURNS // 3)]
            cpu = server.cpu_seconds()
            seen = [await _sends(head, method, path, fields) for _ in range(TURNS)]
            cpu, cut = 1000 * (server.cpu_seconds() - cpu) / TURNS, quantiles(seen, n=100)[94]
            told = "" if cut < target else f"  OVER {target}"
            print(
                f"{who:12}{what:16}{first or once[0]:10.0f}{median(seen):10.1f}{cut:10.1f}{cpu:10.1f}{told}", flush=True
            )
            first = 0.0
    empty = [await _sends(heads[0], "POST", EMPTY, {}) for _ in range(TURNS)]
    print(f"an empty view: {median(empty):.1f}")


async def _sends(head: Head, method: str, path: str, fields: dict[str, str]) -> float:
    status, _, seen = await head.sends(method, path, fields)
    assert status == 200, (path, status)
    return 1000 * seen


if __name__ == "__main__":
    main()

"""Two hundred RT to measure with: 300 families each on the lists of three quarters, some paid, and a head for each."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence

from sqlalchemy import insert, text

from bench.city import announce, listed, sitting
from salur.core.lists.importing.facts import ListFacts
from salur.core.lists.kinds import Draft, ListedPerson
from salur.core.officers import passwords
from salur.core.officers.roles import Role
from salur.core.payouts.answers import PaymentState
from salur.core.payouts.kinds import ReportedPayment, Results, Round
from salur.core.storage.database import fresh_ids
from salur.core.tables.officers import AccountRow
from salur.sample.areas import areas
from salur.sample.people import population
from salur.wiring import Services

HEADS, FAMILIES, RTS_IN_A_KELURAHAN = 200, 300, 10
QUARTERS = 3
PASSWORD = "empat kata yang lucu"
COLLECTED = 3  # every so many have collected what is paid now


def settle(services: Services) -> list[str]:
    """Publish the lists in an empty database, pay some of them, and open the accounts; gives the user names."""
    today = dt.datetime.now(dt.UTC).date()
    rounds = quarters(today)
    rts = [
        (area.code, number // 5 + 1, number % 5 + 1)
        for area in areas()[: HEADS // RTS_IN_A_KELURAHAN]
        for number in range(RTS_IN_A_KELURAHAN)
    ]
    households = population(3 * HEADS * FAMILIES)
    people = []
    for code, rw, rt in rts:
        for number in range(FAMILIES):
            household = next(households)
            person = household.members[0]
            people.append(listed(person.name, person.nik, household.kk, code, rt, rw, care=number % 20 == 0))
    for age, period in enumerate(rounds):
        # One in fifteen comes and one goes with each quarter; every second family gets the second programme too.
        publish(services, [p for i, p in enumerate(people) if (i + age) % 15], "PKH", period)
        publish(services, [p for i, p in enumerate(people) if i % 2 and (i + age) % 15], "SEMBAKO", period)
    now = rounds[-1]
    paid = [
        ReportedPayment(row=row, nik=person.nik, status=PaymentState.PAID, date=today, place="Kantor Pos Bogor")
        for row, person in enumerate(people[::COLLECTED], 1)
    ]
    report, _ = services.payments.add(Results(payments=tuple(paid)), Round("PKH", now), bytes(32))
    services.payments.publish(report)
    day = today - dt.timedelta(days=1)
    kelurahan = sorted({code for code, _, _ in rts})
    announce(services, [sitting(p, now, code, "Balai warga", day) for p in ("PKH", "SEMBAKO") for code in kelurahan])
    names = accounts(services, rts)
    if services.database.engine.dialect.name == "postgresql":
        with services.database.writing() as connection:
            connection.execute(text("ANALYZE"))  # which autovacuum does within a minute
    return names


def quarters(today: dt.date) -> list[str]:
    """The last ones, the newest last."""
    last = today.year * 4 + (today.month - 1) // 3
    return [f"{number // 4}-T{number % 4 + 1}" for number in range(last - QUARTERS + 1, last + 1)]


def publish(services: Services, people: Sequence[ListedPerson], programme: str, period: str) -> None:
    """Put a list in force."""
    facts = ListFacts(programme, period, "SK Dinsos 460/12", dt.date(2026, 1, 12), "Dinas Sosial Kota Bogor")
    digest = hashlib.blake2b(f"{programme} {period}".encode(), digest_size=32).digest()
    draft = services.imports.add(Draft(people=tuple(people)), facts, digest)
    services.lists.publish(services.lists.change(draft).agreed())


def accounts(services: Services, rts: Sequence[tuple[str, int, int]]) -> list[str]:
    """As if they had been invited and had taken it up; all with one password, whose hash is made once."""
    hashed, ids = passwords.hash_of(PASSWORD), fresh_ids(len(rts))
    rows = [
        {
            "id": next(ids),
            "username": f"rt{number}",
            "role": str(Role.RT),
            "region_code": code,
            "rw": rw,
            "rt": rt,
            "password_hash": hashed,
            "created_at": dt.datetime.now(dt.UTC),
        }
        for number, (code, rw, rt) in enumerate(rts)
    ]
    with services.database.writing() as connection:
        connection.execute(insert(AccountRow), rows)
    return [str(row["username"]) for row in rows]

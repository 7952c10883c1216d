"""Whoever steals a database without its keys, and searches it: what it does not tell, by content, length or order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from statistics import correlation
from typing import Any

from sqlalchemy import LargeBinary, select, text

from salur.core.limits.asker import Asker
from salur.core.lists.kinds import State
from salur.core.maintenance.rotation import TABLES, sealed_columns
from salur.core.people.letter_codes import LetterCode
from salur.core.people.nik import Kk, Nik
from salur.core.storage.vault import ID_BYTES, NONCE_BYTES, STEP, TAG_BYTES
from salur.core.tables.metadata import METADATA
from salur.sample.people import population
from tests.fixtures.databases import raw_bytes
from tests.fixtures.office import TEGAL_GUNDIL, Recipient, Reported
from tests.fixtures.proposals import a_draft
from tests.fixtures.services import vault_of

PEOPLE = 400
TOLD_FROM_CHANCE = 6  # letters: found by accident in 10 MB once in 30 million searches
CHANCE = 0.25  # five times what an order that was shuffled has of another by accident
# What may be found in several tables, because it is looked for there. All else has a purpose of its own.
SAME_PURPOSE = [
    {"person.nik_index", "person.kk_index", "proposal.nik_index", "proposal.kk_index", "copied_number.number"},
    {"recipient_list.digest", "list_file.digest", "payout_file.digest"},
]


def listed_people() -> list[Recipient]:
    """A file as PT Pos has it: by letter number, street by street."""
    people = [(household, person) for household in population(PEOPLE) for person in household.members]
    return [
        Recipient(
            row=row, name=person.name, nik=person.nik, kk=household.kk, address=household.address,
            region_code=TEGAL_GUNDIL, rt=household.rt, rw=household.rw, letter_code=f"16100-{row:06}",
            state=State.GROUP, group_name=f"KUBE MELATI {row % 7} RAHASIA",
        )
        for row, (household, person) in enumerate(people, 1)
    ]  # fmt: skip


def filled(office, services) -> list[Recipient]:
    """What the office published, paid, was asked and was sent; as it stood in its file."""
    people = listed_people()
    office.publishes(*people)
    office.publishes(*people, programme="SEMBAKO")
    office.hears(*(Reported(letter_code=person.letter_code) for person in people))
    for person, asker in zip(people, (Asker.chat(7), Asker.address("203.0.113.7"), Asker.chat(8)), strict=False):
        for number in (Nik(person.nik), Kk(person.kk), LetterCode.parse(person.letter_code)):
            services.lookup.ask(number, person.name, asker=asker)
            services.lookup.ask(number, "ZAINAL QORI", asker=asker)
    code = services.proposals.send(a_draft(nik=people[0].nik), asker=Asker.chat(7)).code
    services.proposals.status(code, "Zainal Qori", asker=Asker.chat(7))
    return people


def column(services, statement: str) -> Sequence[Any]:
    """The first column, in the order in which the database has the rows."""
    with services.database.reading() as connection:
        return connection.execute(text(statement)).scalars().all()


def test_a_thief_reads_neither_words_nor_lengths_nor_order_nor_joins(office, services):
    file = filled(office, services)
    nothing_is_in_clear(file, services)
    lengths_are_those_of_steps(services)
    nothing_is_in_the_order_of_the_file(file, services)
    no_digest_stands_in_tables_of_two_purposes(services)


def nothing_is_in_clear(file: Sequence[Any], services) -> None:
    """No letter code, name, group or number."""
    raw = raw_bytes(services)
    assert b"SK Dinsos 460/12/2026" in raw  # the search would find what is there
    for person in file:
        code = person.letter_code.replace("-", "")
        for secret in (person.name, person.letter_code, code, person.nik, person.group_name, "KUBE MELATI"):
            # What is sealed looks like chance, and among megabytes of chance stands every word of three letters.
            assert len(secret) < TOLD_FROM_CHANCE or secret.encode() not in raw, secret


def lengths_are_those_of_steps(services) -> None:
    """Whatever is sealed, and all names have one."""
    around = ID_BYTES + NONCE_BYTES + TAG_BYTES
    for table in TABLES:
        for name in sealed_columns(table):
            sealed = table.__table__.c[name]
            with services.database.reading() as connection:
                sizes = {
                    len(value) for value in connection.execute(select(sealed).where(sealed.is_not(None))).scalars()
                }
            assert all((size - around) % STEP == 0 for size in sizes), name
    assert len(set(map(len, column(services, "SELECT sealed_names FROM person")))) == 1


def nothing_is_in_the_order_of_the_file(file: Sequence[Recipient], services) -> None:
    """Neither ids nor rows as they were written, and two lists of one file are in two orders."""
    vault = vault_of(services)
    place = {vault.index(person.nik): row for row, person in enumerate(file)}
    joined = "JOIN person ON person.id = entitlement.person_id"
    paid = "FROM {} JOIN entitlement ON entitlement.id = entitlement_id " + joined
    for statement in (
        "SELECT nik_index FROM person",
        "SELECT nik_index FROM person ORDER BY id",
        f"SELECT nik_index FROM entitlement {joined} WHERE list_id = 1 ORDER BY entitlement.id",
        f"SELECT nik_index FROM entitlement {joined} WHERE list_id = 2 ORDER BY entitlement.id",
        f"SELECT nik_index {paid.format('payment')} ORDER BY {order(services, 'payment')}",
        f"SELECT nik_index {paid.format('payout_file_payment')} ORDER BY {order(services, 'payout_file_payment')}",
    ):
        found = [place[bytes(index)] for index in column(services, statement)]
        assert len(found) == len(file)
        assert abs(correlation(range(len(found)), found)) < CHANCE, statement
    first, second = (
        column(services, f"SELECT person_id FROM entitlement WHERE list_id = {id} ORDER BY id") for id in (1, 2)
    )
    places = {person: row for row, person in enumerate(first)}
    assert abs(correlation(range(len(second)), [places[person] for person in second])) < CHANCE


def order(services, table: str) -> str:
    """What tells in which order rows were written."""
    return f"{table}.ctid" if services.database.engine.dialect.name == "postgresql" else f"{table}.rowid"


def no_digest_stands_in_tables_of_two_purposes(services) -> None:
    """Else they join what a thief should not be able to join."""
    found: dict[str, set[bytes]] = {}
    with services.database.reading() as connection:
        for table in METADATA.sorted_tables:
            for one in digests(table.c):
                values = connection.execute(select(one).where(one.is_not(None))).scalars()
                found[f"{table.name}.{one.name}"] = {bytes(value) for value in values}
    assert all(found[name] for name in ("attempt.key", "proposal_ticket.digest", "access_record.asker"))
    for one, other in combinations(found, 2):
        if not any({one, other} <= same for same in SAME_PURPOSE):
            assert found[one].isdisjoint(found[other]), (one, other)


def digests(columns: Iterable) -> list:
    """Those that hold neither what is sealed nor a document."""
    binary = [one for one in columns if isinstance(one.type, LargeBinary)]
    return [one for one in binary if not one.name.startswith("sealed_") and one.name != "content"]


def test_those_of_one_number_keep_their_order_and_no_crowd_does(office, services):
    mother = Recipient(amount=900_000)
    again = Recipient(name=mother.name, nik=mother.nik, kk=mother.kk, amount=100_000)
    crowd = [Recipient(row=row, name="DEWI", kk=mother.kk) for row in range(60)]
    for copies, programme in ((0, "PKH"), (60, "SEMBAKO")):
        list_id = office.publishes(mother, *crowd[:copies], again, programme=programme)
        amounts = column(services, f"SELECT amount FROM entitlement WHERE list_id = {list_id} ORDER BY id")
        if not copies:
            assert list(amounts) == [900_000, 100_000]
    assert amounts[0] != 900_000 or amounts[-1] != 100_000

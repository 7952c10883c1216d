"""From the people of a list to rows: who is known already, what is sealed, what is indexed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any, Protocol

from sqlalchemy import Connection, select

from salur.core.database import fresh_ids
from salur.core.errors import MalformedLetterCode
from salur.core.nik import LetterCode
from salur.core.tables import PersonRow
from salur.core.vault import Vault

NAMES, NUMBERS, ADDRESS = "person.sealed_names", "person.sealed_numbers", "person.sealed_address"
NOTE = "entitlement.sealed_note"
PERSON = (
    "id",
    "nik_index",
    "kk_index",
    "region_code",
    "rw",
    "rt",
    "care",
    "sealed_names",
    "sealed_numbers",
    "sealed_address",
)
ENTITLEMENT = (
    "id",
    "person_id",
    "list_id",
    "stage",
    "amount",
    "channel",
    "state",
    "reason",
    "group_name",
    "letter_code",
    "sealed_note",
)
QUERY_SIZE = 1_000

Key = tuple[bytes | None, bytes | None, str | None, int | None, int | None, bool, str, str | None]


class ListedPerson(Protocol):
    """One row of a list, as intake gives it."""

    @property
    def nik(self) -> str | None: ...
    @property
    def kk(self) -> str | None: ...
    @property
    def name(self) -> str: ...
    @property
    def address(self) -> str | None: ...
    @property
    def rt(self) -> int | None: ...
    @property
    def rw(self) -> int | None: ...
    @property
    def region_code(self) -> str | None: ...
    @property
    def stage(self) -> str | None: ...
    @property
    def amount(self) -> int | None: ...
    @property
    def letter_code(self) -> str | None: ...
    @property
    def channel(self) -> str | None: ...
    @property
    def state(self) -> str | None: ...
    @property
    def reason(self) -> str | None: ...
    @property
    def note(self) -> str | None: ...
    @property
    def group_name(self) -> str | None: ...
    @property
    def head_name(self) -> str | None: ...
    @property
    def care(self) -> bool: ...


class PeopleWriter:
    """Turns people into rows of `person` and `entitlement` for one list; nobody written alike is repeated."""

    def __init__(
        self, connection: Connection, vault: Vault, list_id: int, shared_codes: Collection[str] = frozenset()
    ) -> None:
        self._shared_codes = shared_codes
        self._connection = connection
        self._vault = vault
        self._list_id = list_id
        self._known: dict[Key, int] = {}
        self._empty = connection.execute(select(PersonRow.id).limit(1)).scalar() is None

    def rows(self, people: Sequence[ListedPerson]) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
        """Rows to insert for a batch: new people (columns PERSON) and entitlements (columns ENTITLEMENT)."""
        keys = [self._key(person) for person in people]
        if not self._empty:
            self._learn(keys)
        ids = fresh_ids(2 * len(people))
        new_people, entitlements = [], []
        for person, key in zip(people, keys, strict=True):
            # Without NIK and KK number nobody can say whether two rows are the same person.
            numbered = key[0] is not None or key[1] is not None
            id = self._known.get(key) if numbered else None
            if id is None:
                id = next(ids)
                new_people.append(self._person(id, key, person))
                if numbered:
                    self._known[key] = id
            entitlements.append(self._entitlement(next(ids), id, person))
        return new_people, entitlements

    def _key(self, person: ListedPerson) -> Key:
        index = self._vault.index
        return (
            index(person.nik) if person.nik else None,
            index(person.kk) if person.kk else None,
            person.region_code,
            person.rw,
            person.rt,
            bool(person.care),
            person.name,
            person.head_name,
        )

    def _learn(self, keys: Iterable[Key]) -> None:
        """Find those of these people that are in the database already."""
        by_nik = {key[0] for key in keys if key[0] is not None}
        by_kk = {key[1] for key in keys if key[0] is None and key[1] is not None}
        for column, wanted in ((PersonRow.nik_index, sorted(by_nik)), (PersonRow.kk_index, sorted(by_kk))):
            for start in range(0, len(wanted), QUERY_SIZE):
                statement = select(PersonRow.__table__).where(column.in_(wanted[start : start + QUERY_SIZE]))
                for row in self._connection.execute(statement):
                    known = self._vault.open_json(row.sealed_names, NAMES, row.id)
                    area = (row.region_code, row.rw, row.rt, row.care)
                    key = (row.nik_index, row.kk_index, *area, known["name"], known["head"])
                    self._known.setdefault(key, row.id)

    def _person(self, id: int, key: Key, person: ListedPerson) -> tuple[Any, ...]:
        seal = self._vault.seal_json
        numbers = seal([person.nik, person.kk], NUMBERS, id) if person.nik or person.kk else None
        address = seal(person.address, ADDRESS, id) if person.address else None
        names = seal({"name": key[6], "head": key[7]}, NAMES, id)
        return (id, *key[:6], names, numbers, address)

    def _own_letter_code(self, person: ListedPerson) -> str | None:
        code = letter_code_of(person.letter_code)
        return None if code in self._shared_codes else code

    def _entitlement(self, id: int, person_id: int, person: ListedPerson) -> tuple[Any, ...]:
        # An office's own words are kept only where they are a reason that no code says.
        note = person.note if person.state in ("suspended", "taken_off") and person.reason is None else None
        return (
            id,
            person_id,
            self._list_id,
            person.stage,
            person.amount,
            person.channel,
            person.state or ("group" if person.group_name else "entitled"),
            person.reason,
            person.group_name,
            self._own_letter_code(person),
            self._vault.seal(note.encode(), NOTE, id) if note else None,
        )


def shared_letter_codes(people: Iterable[ListedPerson]) -> frozenset[str]:
    """What stands as letter code with several people: the number of a circular, or of a batch, which opens nobody."""
    first: dict[str, object] = {}
    shared = set()
    for person in people:
        if code := letter_code_of(person.letter_code):
            who = person.nik or person.kk or person.name
            if first.setdefault(code, who) != who:
                shared.add(code)
    return frozenset(shared)


def letter_code_of(text: str | None) -> str | None:
    """The code as it is stored and compared; None where there is none, or what is there is no code."""
    try:
        return LetterCode.parse(text).reveal() if text else None
    except MalformedLetterCode:
        return None

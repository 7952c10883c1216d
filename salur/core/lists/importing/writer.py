"""From the people of a list to rows: who is known already, what is sealed and indexed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b

from sqlalchemy import Connection, select

from salur.core.errors import MalformedLetterCode
from salur.core.lists.kinds import ListedPerson, State
from salur.core.people.letter_codes import LetterCode
from salur.core.people.sealed import Names, index_of, open_names, seal_address, seal_group, seal_names, seal_numbers
from salur.core.storage.database import fresh_ids
from salur.core.storage.vault import Vault
from salur.core.tables.people import PersonRow

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
    "letter_index",
    "sealed_group",
    "sealed_note",
)
QUERY_SIZE = 1_000

Values = tuple[object, ...]  # of a row
Key = tuple[bytes | None, bytes | None, str | None, int | None, int | None, bool, str, str | None]


class PeopleWriter:
    """Turns people into rows of `person` and `entitlement` for one list; nobody written alike is repeated."""

    def __init__(
        self,
        connection: Connection,
        vault: Vault,
        list_id: int,
        shared_codes: SharedCodes,
        known: Iterable[Mapping[Key, int]] = (),
    ) -> None:
        """`known`: who may not be in the database yet, but will be."""
        self._shared_codes = shared_codes
        self._connection = connection
        self._vault = vault
        self._list_id = list_id
        self._known: dict[Key, int] = {key: id for some in known for key, id in some.items()}
        self.new: dict[Key, int] = {}  # those that were not known
        self._empty = connection.execute(select(PersonRow.id).limit(1)).scalar() is None

    def rows(self, people: Sequence[ListedPerson]) -> tuple[list[Values], list[Values]]:
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
                    self._known[key] = self.new[key] = id
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
                    known = open_names(self._vault, row.sealed_names, row.id)
                    area = (row.region_code, row.rw, row.rt, row.care)
                    key = (row.nik_index, row.kk_index, *area, known.name, known.head)
                    self._known.setdefault(key, row.id)

    def _person(self, id: int, key: Key, person: ListedPerson) -> Values:
        names = seal_names(self._vault, Names(person.name, person.head_name), id)
        numbers = seal_numbers(self._vault, person.nik, person.kk, id)
        return (id, *key[:6], names, numbers, seal_address(self._vault, person.address, id))

    def _letter_index(self, person: ListedPerson) -> bytes | None:
        code = letter_code_of(person.letter_code)
        return None if code is None or code in self._shared_codes else index_of(self._vault, code)

    def _entitlement(self, id: int, person_id: int, person: ListedPerson) -> Values:
        # An office's own words are kept where no code says them: operators read them, residents only a reason.
        note = person.note if person.reason is None else None
        return (
            id,
            person_id,
            self._list_id,
            person.stage,
            person.amount,
            person.channel,
            person.state or (State.GROUP if person.group_name else State.ENTITLED),
            person.reason,
            self._letter_index(person),
            seal_group(self._vault, person.group_name, id),
            self._vault.seal(note.encode(), NOTE, id) if note else None,
        )


class SharedCodes:
    """What stands as letter code with several people: the number of a circular, or of a batch, which opens nobody."""

    def __init__(self, people: Iterable[ListedPerson]) -> None:
        first: dict[int, int] = {}
        self._shared: set[int] = set()
        for person in people:
            if code := letter_code_of(person.letter_code):
                # Of a million codes and people their hashes are kept, which take a quarter of the room.
                who, written = hash(person.nik or person.kk or person.name), _short(code)
                if first.setdefault(written, who) != who:
                    self._shared.add(written)

    def __contains__(self, code: LetterCode) -> bool:
        return _short(code) in self._shared


def _short(code: LetterCode) -> int:
    """What stands for a code, the same in each process."""
    return int.from_bytes(blake2b(code.reveal().encode(), digest_size=8).digest())


def letter_code_of(text: str | None) -> LetterCode | None:
    """The code that a list or a report names; None where there is none, or what is there is no code."""
    try:
        return LetterCode.parse(text) if text else None
    except MalformedLetterCode:
        return None

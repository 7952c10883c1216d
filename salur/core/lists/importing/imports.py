"""A list that was read becomes a draft in the database: people, entitlements and faulty rows, in one transaction."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from itertools import islice
from typing import TypeVar

from sqlalchemy import Connection, delete, func, insert, or_, select, update

from salur.core.errors import AlreadyImported, Refused
from salur.core.lists.answers import Contradicted
from salur.core.lists.coverage import area_of, coverage_of, units_of
from salur.core.lists.history import note
from salur.core.lists.importing import sealing
from salur.core.lists.importing.facts import (
    ListFacts,
    contradictions,
    refuse_what_cannot_be,
)
from salur.core.lists.importing.kept import Kept
from salur.core.lists.importing.scattering import buckets_of, scattered
from salur.core.lists.importing.sealing import Sealed, Task, sealed_apart
from salur.core.lists.importing.writer import ENTITLEMENT, PERSON, PeopleWriter, SharedCodes, Values
from salur.core.lists.kinds import Draft, ListEvent, ListState
from salur.core.lists.layout import said_otherwise
from salur.core.lists.superseding import cover
from salur.core.people.families import copied_anew, note_copied
from salur.core.storage.bulk import bulk_insert, delete_in_pieces, expect_many
from salur.core.storage.database import Database, fresh_ids
from salur.core.storage.vault import Vault
from salur.core.tables.lists import CoverageRow, FaultRow, FileRow, ListEventRow, ListRow, ProgrammeRow
from salur.core.tables.people import EntitlementRow, PersonRow

CELLS = "list_fault.sealed_cells"
FAULT = ("id", "list_id", "row", "codes", "sealed_cells")
BATCH = 1_000

T = TypeVar("T")
Connecting = Callable[[], AbstractContextManager[Connection]]
Progress = Callable[[int], None]
Step = Callable[[Connection, int], None]  # called in each transaction, with how many people were written


@dataclass(frozen=True, slots=True)
class Loading:
    """How a draft is written in many transactions: `begin` hears its number, `step` how far it is, `end` the number.

    Each is called in the transaction that it tells of, and may refuse it.
    """

    begin: Step
    step: Step
    end: Step
    by: int | None
    others: Collection[int] = ()  # who prepared it besides


class Imports:
    """Writes drafts."""

    def __init__(self, database: Database, vault: Vault, clock: Callable[[], datetime], zone: tzinfo = UTC) -> None:
        self._database = database
        self._vault = vault
        self._clock = clock
        self._zone = zone

    def add(
        self,
        draft: Draft,
        facts: ListFacts,
        digests: bytes | Sequence[bytes],
        *,
        progress: Progress | None = None,
    ) -> int:
        """Write a draft and give its list number. `progress` hears how many people were written since the last call.

        `digests` are of the files that the draft was read from: one, or those of a round.

        Raises: Contradicted; Refused as `refuse_what_cannot_be`, or with `unknown_programme`, `nobody`,
        `already_imported` (facts: list), `same_file_twice`, `coverage_unknown` or `keys_rotated`. Nothing is written
        then.
        """
        written = progress or _nothing

        def step(_: Connection, count: int) -> None:
            written(count)

        with self._database.writing() as connection:

            def mine() -> AbstractContextManager[Connection]:
                return nullcontext(connection)

            return self._write(draft, facts, digests, Loading(_nothing, step, _nothing, None), mine, mine)

    def load(self, draft: Draft, facts: ListFacts, digests: bytes | Sequence[bytes], loading: Loading) -> int:
        """Write a draft as `add` does, but in many short transactions, so that nobody who writes has to wait long.

        Until the last of them the list is `loading`: nobody is shown it, and `drop` deletes what was written of it.

        Raises: as `add`, and whatever `loading` raises.
        """
        return self._write(draft, facts, digests, loading, self._database.reading, self._database.writing)

    def _write(
        self,
        draft: Draft,
        facts: ListFacts,
        digests: bytes | Sequence[bytes],
        loading: Loading,
        reading: Connecting,
        writing: Connecting,
    ) -> int:
        """Write a draft in the transactions that `writing` gives, one or many."""
        files = self._refuse_unfit(draft, facts, digests)
        with writing() as connection:
            self._refuse_repetition(connection, facts, files)
            list_id = self._add_list(connection, draft, facts, files)
            loading.begin(connection, list_id)
        people = draft.people if isinstance(draft.people, Kept) else Kept(draft.people)
        shared = SharedCodes(people if people.tally.lettered else ())
        # Looked up and sealed before the transaction: on SQLite nobody else can write while one is open.
        for sealed in self._sealed(people, list_id, shared, reading):
            with writing() as connection:
                loading.step(connection, sealed.size)
                expect_many(connection)
                bulk_insert(connection, PersonRow.__table__, PERSON, sealed.people)  # type: ignore[arg-type]
                bulk_insert(connection, EntitlementRow.__table__, ENTITLEMENT, sealed.entitlements)  # type: ignore[arg-type]
        for faults in _batches(self._faults(draft, list_id)):
            with writing() as connection:
                loading.step(connection, 0)
                bulk_insert(connection, FaultRow.__table__, FAULT, faults)  # type: ignore[arg-type]
        with reading() as connection:
            copied = copied_anew(connection)
        with writing() as connection:
            self._refuse_repetition(connection, facts, files)
            note_copied(connection, copied)
            connection.execute(update(ListRow).where(ListRow.id == list_id).values(state=ListState.DRAFT))
            for other in loading.others:
                note(connection, list_id, ListEvent.PREPARED, self._clock(), other)
            note(connection, list_id, ListEvent.IMPORTED, self._clock(), loading.by)
            loading.end(connection, list_id)
            self._refuse_stale_keys()
        return list_id

    def _sealed(self, people: Kept, list_id: int, shared: SharedCodes, reading: Connecting) -> Iterator[Sealed]:
        """The rows of all people; those of many from a second process, where there is a processor for it.

        Not of a draft that is written in one transaction: nobody else sees what is in it.
        """
        keys, in_many = self._vault.path, reading == self._database.reading
        if keys is not None and in_many and len(people) >= sealing.MANY and (os.cpu_count() or 1) > 1:
            yield from sealed_apart(Task(self._database.url, str(keys), list_id, shared, BATCH), buckets_of(people))
            return
        for batch in _batches(scattered(people)):
            with reading() as connection:
                # A writer of its own: what it remembers of all people of a city would not fit beside them.
                rows = PeopleWriter(connection, self._vault, list_id, shared).rows(batch)
            yield Sealed(len(batch), *rows)

    def drop(self, list_id: int) -> None:
        """Delete what was written of a list that is loading; any other is left as it is."""
        loading = select(ListRow.id).where(ListRow.id == list_id, ListRow.state == ListState.LOADING)
        for table in (EntitlementRow, FaultRow):
            sum(delete_in_pieces(self._database, table, table.list_id.in_(loading)))
        with self._database.writing() as connection:
            if connection.execute(loading.with_for_update()).scalar() is not None:
                for other in (CoverageRow, FileRow, ListEventRow):
                    connection.execute(delete(other).where(other.list_id == list_id))
                connection.execute(delete(ListRow).where(ListRow.id == list_id))

    def _refuse_unfit(self, draft: Draft, facts: ListFacts, digests: bytes | Sequence[bytes]) -> tuple[bytes, ...]:
        files = (digests,) if isinstance(digests, bytes) else tuple(digests)
        if len(set(files)) < len(files):
            raise Refused("same_file_twice")
        refuse_what_cannot_be(facts, self.today())
        if not draft.people:
            raise Refused("nobody")
        if found := contradictions(draft.said, facts):
            raise Contradicted(found)
        return files

    def today(self) -> date:
        """The day it is in the city."""
        return self._clock().astimezone(self._zone).date()

    @staticmethod
    def _refuse_repetition(connection: Connection, facts: ListFacts, files: Sequence[bytes]) -> None:
        # The row lock makes imports of one programme wait for each other, so that a file cannot slip in twice.
        programme = select(ProgrammeRow.code).where(ProgrammeRow.code == facts.programme).with_for_update()
        if connection.execute(programme).scalar() is None:
            raise Refused("unknown_programme", programme=facts.programme)
        among = select(FileRow.list_id).where(FileRow.digest.in_(files))
        same = select(func.min(ListRow.id)).where(
            or_(ListRow.digest.in_(files), ListRow.id.in_(among)),
            ListRow.state.not_in((ListState.WITHDRAWN, ListState.LOADING)),
            ListRow.part_of.is_(None),
        )
        if (found := connection.execute(same).scalar()) is not None:
            raise AlreadyImported(found)

    def _add_list(self, connection: Connection, draft: Draft, facts: ListFacts, files: Sequence[bytes]) -> int:
        coverage = facts.coverage or coverage_of(draft)
        units = units_of(draft.tally, coverage)
        values = {
            "programme_code": facts.programme,
            "period": facts.period,
            "area": area_of(draft.tally.regions),
            "decree": facts.decree,
            "issued_on": facts.issued_on,
            "issuer": facts.issuer,
            "digest": digest_of_round(files),
            "coverage": coverage,
            "states_confirmed": facts.states_confirmed,
            "state": ListState.LOADING,
            "people": len(draft.people),
            "faults": len(draft.faults),
            "refused": len(draft.refused),
            "says_programme": said_otherwise(draft.said.programmes, facts.programme),
            "header": json.dumps(draft.header, ensure_ascii=False),
            "imported_at": self._clock(),
        }
        list_id = int(connection.execute(insert(ListRow).values(values).returning(ListRow.id)).scalar_one())
        cover(connection, list_id, facts.programme, units)
        if len(files) > 1:
            connection.execute(insert(FileRow), [{"list_id": list_id, "digest": file} for file in files])
        return list_id

    def _faults(self, draft: Draft, list_id: int) -> Iterator[Values]:
        """The rows of `list_fault`."""
        ids = fresh_ids(len(draft.faults))
        for id, (row, cells, codes) in zip(ids, draft.faulty(), strict=False):
            yield id, list_id, str(row), " ".join(codes), self._vault.seal_json(cells, CELLS, id)

    def _refuse_stale_keys(self) -> None:
        """A rotation that began while this ran may be about to retire the key that sealed these rows."""
        used = self._vault.current
        self._vault.reload()
        if self._vault.current != used:
            raise Refused("keys_rotated")


def digest_of_round(files: Sequence[bytes]) -> bytes:
    """What tells a round of files from another, in whatever order they come: of one file its own digest."""
    if len(files) == 1:
        return files[0]
    return hashlib.blake2b(b"".join(sorted(files)), digest_size=32).digest()


def _batches(values: Iterator[T]) -> Iterator[Sequence[T]]:
    while batch := list(islice(values, BATCH)):
        yield batch


def _nothing(*_: object) -> None:
    """Nobody wants to hear of it."""

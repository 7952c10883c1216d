"""A list that was read becomes a draft in the database: people, entitlements and faulty rows, in one transaction."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from sqlalchemy import Connection, insert, select

from salur.core.database import Database, bulk_insert, fresh_ids
from salur.core.errors import Refused
from salur.core.listed_people import ENTITLEMENT, PERSON, ListedPerson, PeopleWriter, shared_letter_codes
from salur.core.periods import is_period
from salur.core.tables import EntitlementRow, FaultRow, ListRow, PersonRow, ProgrammeRow
from salur.core.vault import Vault

CELLS = "list_fault.sealed_cells"
BATCH = 5_000
AREA_LEVELS = (13, 8, 5, 2)  # length of the code of a village, district, regency, province
# A few rows of another place, or mistyped ones, do not make a city's list a province's.
AREA_SHARE = 0.95

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class ListFacts:
    """What the operator says of a list. `period` is `2026-T1`, `2021-B12` or `2026`; `issued_on` is the decree's."""

    programme: str
    period: str
    decree: str
    issued_on: date
    issuer: str


class Draft(Protocol):
    """What intake read, as far as the import needs it."""

    @property
    def people(self) -> Sequence[ListedPerson]: ...
    @property
    def faults(self) -> Sequence[tuple[int | str, str, str]]: ...
    @property
    def refused(self) -> Sequence[int | str]: ...
    @property
    def header(self) -> tuple[str, ...]: ...
    @property
    def faulty_cells(self) -> Mapping[int | str, tuple[str, ...]]: ...


class Imports:
    """Writes drafts."""

    def __init__(self, database: Database, vault: Vault, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._vault = vault
        self._clock = clock

    def add(self, draft: Draft, facts: ListFacts, digest: bytes, *, progress: Progress | None = None) -> int:
        """Write a draft and give its list number. `progress` hears how many people were written since the last call.

        Raises: Refused with `unknown_programme`, `bad_period`, `nobody`, `already_imported` (facts: list) or
        `keys_rotated`; nothing is written then.
        """
        if not is_period(facts.period):
            raise Refused("bad_period")
        if not draft.people:
            raise Refused("nobody")
        with self._database.writing() as connection:
            self._refuse_repetition(connection, facts, digest)
            list_id = self._add_list(connection, draft, facts, digest)
            writer = PeopleWriter(connection, self._vault, list_id, shared_letter_codes(draft.people))
            for batch in _batches(draft.people):
                people, entitlements = writer.rows(batch)
                bulk_insert(connection, PersonRow.__table__, PERSON, people)  # type: ignore[arg-type]
                bulk_insert(connection, EntitlementRow.__table__, ENTITLEMENT, entitlements)  # type: ignore[arg-type]
                if progress is not None:
                    progress(len(batch))
            self._add_faults(connection, draft, list_id)
            self._refuse_stale_keys()
        return list_id

    @staticmethod
    def _refuse_repetition(connection: Connection, facts: ListFacts, digest: bytes) -> None:
        # The row lock makes imports of one programme wait for each other, so that a file cannot slip in twice.
        programme = select(ProgrammeRow.code).where(ProgrammeRow.code == facts.programme).with_for_update()
        if connection.execute(programme).scalar() is None:
            raise Refused("unknown_programme", programme=facts.programme)
        same = select(ListRow.id).where(ListRow.digest == digest, ListRow.state != "withdrawn")
        if (found := connection.execute(same).scalar()) is not None:
            raise Refused("already_imported", list=found)

    def _add_list(self, connection: Connection, draft: Draft, facts: ListFacts, digest: bytes) -> int:
        values = {
            "programme_code": facts.programme,
            "period": facts.period,
            "area": area_of(p.region_code for p in draft.people),
            "decree": facts.decree,
            "issued_on": facts.issued_on,
            "issuer": facts.issuer,
            "digest": digest,
            "state": "draft",
            "people": len(draft.people),
            "faults": len(draft.faults),
            "refused": len(draft.refused),
            "header": json.dumps(draft.header, ensure_ascii=False),
            "imported_at": self._clock(),
        }
        return int(connection.execute(insert(ListRow).values(values).returning(ListRow.id)).scalar_one())

    def _add_faults(self, connection: Connection, draft: Draft, list_id: int) -> None:
        codes: dict[int | str, list[str]] = {}
        for row, column, code in draft.faults:
            codes.setdefault(row, []).append(f"{column}:{code}")
        ids = fresh_ids(len(codes))
        rows = (
            (
                id := next(ids),
                list_id,
                str(row),
                " ".join(found),
                self._vault.seal_json(draft.faulty_cells.get(row, ()), CELLS, id),
            )
            for row, found in codes.items()
        )
        names = ("id", "list_id", "row", "codes", "sealed_cells")
        bulk_insert(connection, FaultRow.__table__, names, rows)  # type: ignore[arg-type]

    def _refuse_stale_keys(self) -> None:
        """A rotation that began while this ran may be about to retire the key that sealed these rows."""
        used = self._vault.current
        self._vault.reload()
        if self._vault.current != used:
            raise Refused("keys_rotated")


def area_of(codes: Iterator[str | None] | Any) -> str:
    """The smallest region that holds nearly all of these region codes; empty when there is none."""
    known = [code for code in codes if code]
    for length in AREA_LEVELS:
        counted = Counter(code[:length] for code in known if len(code) >= length)
        for code, count in counted.most_common(1):
            if count >= AREA_SHARE * len(known):
                return code
    return ""


def _batches(people: Sequence[ListedPerson]) -> Iterator[Sequence[ListedPerson]]:
    for start in range(0, len(people), BATCH):
        yield people[start : start + BATCH]

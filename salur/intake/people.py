"""Reading a list of recipients: every row becomes a person, a refused row, or is no person at all."""

from __future__ import annotations

import os
from collections.abc import Mapping

from salur.intake.columns import Speller
from salur.intake.draft import Draft, ListedPerson
from salur.intake.peoplerows import PeopleRows
from salur.intake.reading import Findings, read_tables
from salur.intake.spellings import PEOPLE

SPELLER = Speller(PEOPLE)
# A table of people has a name and something to tell people of one name apart.
ENOUGH = [
    {"name", other}
    for other in ("nik", "kk", "letter_code", "address", "rt", "rt_rw", "kelurahan", "amount", "group_name")
]


def read_list(path: str | os.PathLike[str], columns: Mapping[str, str] | None = None) -> Draft:
    """Read an office's list of recipients, of whatever layout.

    `columns` overrides recognition, field to column letter: `{"nik": "B"}`. A row is refused only when it identifies
    nobody; what else is wrong is a fault, and the row is kept.

    Raises: UnreadableFile when the file as a whole cannot be read; Refused when `columns` names what there is not.
    """
    tables = read_tables(path, SPELLER, columns, ENOUGH)
    findings = Findings()
    people: list[ListedPerson] = []
    listed: set[tuple[str | None, ...]] = set()
    for table in tables.tables:
        reader = PeopleRows(table, tables)
        for row_id, row, person in reader.people():
            if person and person.nik:
                # The same NIK in several programmes or stages is fine, twice in one list is not.
                key = (person.nik, person.programme, person.stage)
                if key in listed:
                    reader.faults.insert(0, ("nik", "nik_duplicate"))
                listed.add(key)
            if person:
                people.append(person)
            if reader.faults:
                findings.add(row_id, row, reader.faults, refused=person is None)
    return Draft(
        faults=tuple(findings.faults),
        refused=tuple(findings.refused),
        understood=tables.understood,
        header=tables.header,
        faulty_cells=findings.faulty_cells,
        people=tuple(people),
    )

"""Reading a list of recipients: every row becomes a person, is refused, or is left out with a reason."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from salur.core.lists.importing.kept import Kept
from salur.core.lists.importing.rounds import Listed, together
from salur.core.lists.kinds import Draft
from salur.intake.cells.texts import text_of
from salur.intake.draft import ListDraft
from salur.intake.files.sheet import Row
from salur.intake.mistaken import Watch
from salur.intake.people_rows import PeopleRows
from salur.intake.tables.columns import Speller
from salur.intake.tables.reading import Findings, Patches, read_tables
from salur.intake.tables.spellings import PEOPLE
from salur.intake.tables.years import years_of_stage, years_of_title

SPELLER = Speller(PEOPLE)
# A table of people has a name and something to tell people of one name apart.
ENOUGH = [
    {"name", other}
    for other in ("nik", "kk", "letter_code", "address", "rt", "rt_rw", "kelurahan", "amount", "group_name")
]


SAMPLES = 3  # texts of each column
TOLD_EVERY = 2_000  # rows
Progress = Callable[[int, int | None], None]  # rows read, and of how many; None where nobody knows


def read_list(
    path: str | os.PathLike[str],
    columns: Mapping[str, str] | None = None,
    *,
    patches: Patches | None = None,
    progress: Progress | None = None,
    remembered: bool = False,
) -> ListDraft:
    """Read an office's list of recipients, of whatever layout.

    `columns` overrides recognition, field to column letter: `{"nik": "B"}`. A row is refused only when it identifies
    nobody; what else is wrong is a fault, and the row is kept. `patches` are rows that came back corrected, by row:
    they are read in the place of those in the file. `remembered`: the columns are those of an earlier file.

    Raises: UnreadableFile when the file as a whole cannot be read; Refused when `columns` names what there is not, or
    with `is_payments` when the file tells who was paid.
    """
    tables = read_tables(path, SPELLER, columns, ENOUGH, patches or {}, remembered=remembered)
    findings, watch = Findings(), Watch(off=bool(columns))
    people, listed = Kept(), Listed()
    years: set[int] = set()
    titles: list[str] = []
    samples: list[Mapping[int, tuple[str, ...]]] = []
    read = 0
    for table in tables:
        sampler = Sampler()
        samples.append(sampler.seen)
        titles += [*table.titles, table.sheet.name]
        reader = PeopleRows(table, tables)
        years.update(*map(years_of_title, [*table.titles, table.sheet.name]))
        for row_id, row, person in reader.people():
            read += 1
            if read % TOLD_EVERY == 0 and progress is not None:
                progress(read, tables.most_rows)
            sampler.look_at(row)
            watch.look_for_results(table.labels, row)
            if person:
                if listed.meets(person):
                    reader.faults.insert(0, ("nik", "nik_duplicate"))
                people.add(person)
                years |= years_of_stage(reader.text(row, "stage"))
            if reader.faults:
                findings.add(row_id, row, reader.faults, refused=person is None)
    watch.refuse("is_payments")
    return ListDraft(
        faults=tuple(findings.faults),
        refused=tuple(findings.refused),
        understood=tables.understood,
        header=tables.header,
        faulty_cells=findings.faulty_cells,
        rows=tables.sum_rows(len(people), len(findings.refused)),
        people=people,
        years=frozenset(years),
        titles=tuple(dict.fromkeys(titles)),
        samples=tuple(samples),
    )


class Sampler:
    """Keeps a few texts of each column, as they come."""

    def __init__(self) -> None:
        self.seen: dict[int, tuple[str, ...]] = {}
        self._width = 0
        self._wanting: list[int] = []  # columns that have too few: most have enough by the third row

    def look_at(self, row: Row) -> None:
        """Add what stands in a row, where there are too few."""
        if len(row) > self._width:
            self._wanting += range(self._width, len(row))
            self._width = len(row)
        for column in self._wanting:
            if column < len(row) and (cell := row[column]) != "" and cell not in (texts := self.seen.get(column, ())):
                self._add(column, texts, text_of(cell))

    def _add(self, column: int, texts: tuple[str, ...], text: str) -> None:
        if text and text not in texts:
            self.seen[column] = (*texts, text)
            if len(texts) + 1 == SAMPLES:
                self._wanting = [other for other in self._wanting if other != column]


def read_round(
    files: Sequence[tuple[str, Path]],
    columns: Mapping[str, str],
    *,
    patches: Patches | None = None,
    progress: Progress | None = None,
    remembered: bool = False,
) -> tuple[Draft, list[ListDraft]]:
    """The draft of all files together, and what each was understood as. Rows of several are called `NAME:row`.

    Raises: as `read_list`.
    """
    several, drafts = len(files) > 1, []
    names = _told_apart([name for name, _ in files])
    done = 0

    def tell(rows: int, most: int | None) -> None:
        if progress is not None:
            progress(done + rows, None if several or most is None else most)

    for name, path in zip(names, (path for _, path in files), strict=True):
        mine = _of_file(name, patches or {}) if several else patches
        drafts.append(
            read_list(path, columns=dict(columns) or None, patches=mine, progress=tell, remembered=remembered)
        )
        done += drafts[-1].rows.filled
    return together(list(zip(names, drafts, strict=True))), drafts


def _told_apart(names: Sequence[str]) -> list[str]:
    """Names of which none stands twice."""
    seen: Counter[str] = Counter()
    told = []
    for name in names:
        seen[name] += 1
        told.append(f"{name} ({seen[name]})" if seen[name] > 1 else name)
    return told


def _of_file(name: str, patches: Patches) -> Patches:
    begins = f"{name}:"
    return {row.removeprefix(begins): cells for row, cells in patches.items() if row.startswith(begins)}

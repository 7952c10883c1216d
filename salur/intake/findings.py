"""What is told of files that were read: how they were understood, what is wrong, and what they say of their list.

Numbers are masked here already: what is looked at on a page needs none of them whole.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path

from salur.core.errors import UnreadableFile
from salur.core.lists.kinds import Coverage, Draft, ListedPerson, Unit
from salur.core.people.written import masked_number, masked_text
from salur.core.uploads.answers import (
    FaultyCells,
    Findings,
    FirstRow,
    Proposed,
    SeenColumn,
    SeenFile,
    SeenSheet,
)
from salur.intake.cells.dates import day_of
from salur.intake.cells.texts import text_of
from salur.intake.cells.wordings import MONTH
from salur.intake.draft import ListDraft, PaymentDraft, UnderstoodSheet
from salur.intake.files.opening import open_file
from salur.intake.tables.columns import column_letters

FIRST_ROWS, FAULTY_SHOWN, NOTES_SHOWN = 20, 50, 10
LOOKED_AT_ROWS, LOOKED_AT_COLUMNS = 12, 26  # of a file that nobody understood
DECREE = re.compile(
    r"\b((?:SK|SURAT|KEPUTUSAN|DANOM)?[A-Z ]*?\b(?:NOMOR|NO)\b[\s.:]*(?=[^\s,;]*\d)[^\s,;]*/[^\s,;]+)", re.I
)
DAY = re.compile(rf"\b\d{{1,2}}\s+(?:{MONTH})\s+20\d\d", re.I)
ISSUER = re.compile(
    r"\b((?:DINAS SOSIAL|KEMENTERIAN SOSIAL|WALI ?KOTA|BUPATI|GUBERNUR|PT POS INDONESIA)"
    r"(?:\s+(?!NOMOR|NO\b|TENTANG)[A-Z]+){0,4})"
)
BOOK = frozenset({"PENERIMA", "DAFTAR", "DATA", "TAHUN", "TAHAP", "PER", "TANGGAL"})
IN_A_NAME = re.compile(r"(?<!\d)20[2-4]\d(?!\d)")
LONGEST = 200


def findings_of(
    draft: Draft,
    drafts: Sequence[ListDraft],
    *,
    coverage: Coverage | None,
    units: Iterable[Unit],
    most_faulty: int,
    names: Sequence[str] = (),
    patched: int = 0,
    remembered: bool = False,
) -> Findings:
    """All that is told of what was read; `most_faulty` rows can be given back."""
    shown = islice(draft.faulty(), FAULTY_SHOWN)
    faulty_rows = len({fault.row for fault in draft.faults})
    tally = draft.tally
    notes = Counter(masked_text(p.note) for p in draft.people if p.note and p.reason is None)
    return Findings(
        files=tuple(_file(one) for one in drafts),
        header=draft.header,
        rows=draft.rows.filled,
        people=len(draft.people),
        refused_rows=len(draft.refused),
        left_out=tuple((str(why), n) for why, n in Counter(why for _, why in draft.rows.left_out).most_common()),
        hidden=len(draft.rows.hidden),
        faults=tuple((*kind, n) for kind, n in Counter((f.column, f.code) for f in draft.faults).most_common()),
        faulty_rows=faulty_rows,
        more_faulty=max(0, faulty_rows - most_faulty),
        faulty=tuple(FaultyCells(str(row), tuple(map(masked_text, cells)), tuple(r)) for row, cells, r in shown),
        first=tuple(map(_first, draft.people[:FIRST_ROWS])),
        programmes=dict(tally.programmes),
        stages=dict(tally.stages),
        years=tuple(sorted(draft.years)),
        amount=tally.amount,
        without_amount=tally.without_amount,
        coverage=str(coverage) if coverage else None,
        units=tuple(units),
        names=tally.names,
        states=tuple((*state, n) for state, n in tally.states.items()),
        notes=tuple(notes.most_common(NOTES_SHOWN)),
        proposed=_proposed(draft, [line for one in drafts for line in one.titles], names),
        patched=patched,
        remembered=remembered,
    )


def looked_at(path: Path) -> SeenFile:
    """The first rows of a file that nobody understood, column by column, for the operator to say what they are."""
    try:
        opened = open_file(path)
        sheets = [
            SeenSheet(sheet.name, (), _columns(list(islice(sheet.load().rows, LOOKED_AT_ROWS))))
            for sheet in opened.sheets[:1]
        ]
    except UnreadableFile:
        return SeenFile("", ())
    return SeenFile(opened.kind, tuple(sheets))


def seen_of(draft: PaymentDraft) -> SeenFile:
    """How the columns of a report of payments were understood, with the first values of the first sheet."""
    first = list(islice(draft.cells.values(), 3))
    understood, sheets = draft.understood, []
    for number, sheet in enumerate(draft.understood.sheets):
        width = max(map(len, first), default=0) if not number else 0
        seen = {c: tuple(row[c] for row in first if c < len(row) and row[c]) for c in range(width)}
        sheets.append(_sheet(sheet, {column: texts for column, texts in seen.items() if texts}))
    skipped = tuple(zip(understood.skipped, understood.skipped_rows, strict=True))
    return SeenFile(understood.kind, tuple(sheets), skipped)


def _columns(rows: Sequence[Sequence[object]]) -> tuple[SeenColumn, ...]:
    width = min(max(map(len, rows), default=0), LOOKED_AT_COLUMNS)
    found = []
    for column in range(width):
        cells = (row[column] for row in rows if column < len(row))
        texts = [masked_text(text) for cell in cells if (text := text_of(cell))]  # type: ignore[arg-type]
        found.append(SeenColumn(column_letters(column), texts[0] if texts else "", None, None, tuple(texts[1:4])))
    return tuple(found)


def _file(draft: ListDraft) -> SeenFile:
    understood = draft.understood
    sheets = zip(understood.sheets, draft.samples, strict=True)
    skipped = tuple(zip(understood.skipped, understood.skipped_rows, strict=True))
    return SeenFile(understood.kind, tuple(_sheet(sheet, seen) for sheet, seen in sheets), skipped)


def _sheet(sheet: UnderstoodSheet, seen: Mapping[int, tuple[str, ...]]) -> SeenSheet:
    width = max((*sheet.columns, *seen, len(sheet.labels) - 1), default=-1) + 1
    columns = []
    for column in range(width):
        label = sheet.labels[column] if column < len(sheet.labels) else ""
        means = sheet.columns.get(column)
        if label or means or column in seen:
            samples = tuple(_sample(text, means) for text in seen.get(column, ()))
            columns.append(SeenColumn(column_letters(column), label, means, sheet.how.get(column), samples))
    return SeenSheet(sheet.name, sheet.header_rows, tuple(columns))


def _sample(text: str, means: str | None) -> str:
    if means in ("name", "head_name"):
        return " ".join(word[0] + "•" * (len(word) - 1) for word in text.split())
    return masked_text(text)


def _first(person: ListedPerson) -> FirstRow:
    return FirstRow(
        row=str(person.row),
        nik=person.nik and masked_number(person.nik),
        kk=person.kk and masked_number(person.kk),
        name=person.name,
        rt=person.rt,
        rw=person.rw,
        kelurahan=person.kelurahan,
        amount=person.amount,
        state=person.state,
        reason=person.reason,
    )


def _proposed(draft: Draft, titles: Sequence[str], names: Sequence[str]) -> Proposed:
    """What may be asked as already answered: what rows and titles say, where they say one thing."""
    programmes, stages = list(draft.said.programmes), [s for s in draft.said.stages if s.isdecimal()]
    # The name of a file is a hint, and no more: nothing contradicts it.
    years = {str(year) for year in draft.years} or {year for name in names for year in IN_A_NAME.findall(name)}
    year = str(*years) if len(years) == 1 else ""
    period = f"{year}-T{int(stages[0])}" if len(stages) == 1 and 1 <= int(stages[0]) <= 4 else year or None
    lines = [" ".join(line.split()) for line in titles]
    decree = next((match[1].strip() for line in lines if (match := DECREE.search(line))), "")
    told = next((day_of(match[0]).day for line in lines if decree and (match := DAY.search(line))), None)
    return Proposed(
        programme=programmes[0] if len(programmes) == 1 else None,
        period=period,
        decree=decree[:LONGEST],
        issued_on=told.isoformat() if told else None,
        issuer=issuer_in(titles),
    )


def issuer_in(titles: Iterable[str]) -> str:
    """The office that titles name as the one that issued the list; empty where they name none."""
    lines = (" ".join(line.split()).upper() for line in titles)
    issuer = next((match[1] for line in lines if (match := ISSUER.search(line))), "")
    words = [word for word in issuer.split() if word not in BOOK]
    return " ".join(word if word == "PT" else word.capitalize() for word in words)

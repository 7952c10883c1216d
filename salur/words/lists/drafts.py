"""What operators read of a file: what was understood of it, what became of its rows, what is wrong."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from salur.core.lists.importing.kinds import Contradiction, FileSays
from salur.core.lists.kinds import Draft, ListedPerson, RowId, Tally, WhyLeftOut
from salur.core.people.written import masked_number
from salur.words.language import N_, Say
from salur.words.lists.counts import number, rw_name
from salur.words.lists.faults import explain_fault

SAMPLES = 3
ROWS_NAMED = 20  # the numbers of so many rows are written out
LEFT_OUT: Mapping[WhyLeftOut, str] = {
    WhyLeftOut.TITLE: N_("judul"),
    WhyLeftOut.TOTAL: N_("jumlah"),
    WhyLeftOut.SIGNATURE: N_("tanda tangan"),
    WhyLeftOut.NOTE: N_("catatan"),
    WhyLeftOut.HEADER: N_("judul kolom"),
    WhyLeftOut.REPEATED_HEADER: N_("judul kolom yang diulang"),
    WhyLeftOut.COLUMN_NUMBERS: N_("nomor kolom"),
    WhyLeftOut.UNKNOWN_TABLE: N_("tabel lain yang tidak dipahami"),
    WhyLeftOut.AFTER_END: N_("di bawah tanda akhir"),
}
HOW_COLUMNS_ARE_KNOWN: Mapping[str, str] = {
    "told": N_("disebut oleh operator"),
    "remembered": N_("disebut oleh operator pada berkas sebelumnya"),
    "spelling": N_("dari namanya"),
    "likeness": N_("dari nama yang mirip"),
    "words": N_("dari kata di namanya"),
    "content": N_("dari isinya"),
}
WHAT_FILES_SAY: Mapping[FileSays, str] = {
    FileSays.PROGRAMME: N_("program"),
    FileSays.STAGE: N_("tahap"),
    FileSays.YEAR: N_("tahun"),
}


IN_THE_COMMAND = N_("{hal}: di berkas {berkas} ({tempat}), di perintah {perintah}")
IN_THE_FORM = N_("{hal}: di berkas {berkas} ({tempat}), di isian {perintah}")


def what_was_understood(draft: Draft, names: Mapping[str, str], say: Say) -> list[str]:
    """Counts, programme, stage, money, places, and three people in whom a mistaken column would be seen."""
    people, tally = draft.people, draft.tally
    lines = [
        say(
            "{orang} orang, {ditolak} baris ditolak, {kesalahan} kesalahan.",
            orang=number(say, len(people)),
            ditolak=number(say, len(draft.refused)),
            kesalahan=number(say, len(draft.faults)),
        ),
        *_sum_of_rows(draft, say),
        say("Program: {isi}", isi=_counted(tally.programmes, say) or say("tidak disebut")),
        say("Tahap: {isi}", isi=_counted(tally.stages, say) or say("tidak disebut")),
    ]
    if draft.years:
        lines.append(say("Tahun: {isi}", isi=", ".join(map(str, sorted(draft.years)))))
    lines.append(
        say(
            "Nilai bantuan: {uang} untuk {orang} orang; {tanpa} tanpa nilai.",
            uang=say.rupiah(tally.amount),
            orang=number(say, tally.with_amount),
            tanpa=number(say, len(people) - tally.with_amount),
        )
    )
    return lines + _places(tally, names, say) + _samples(people, say)


def _sum_of_rows(draft: Draft, say: Say) -> list[str]:
    rows = draft.rows
    if not rows.filled:
        return []
    lines = [
        say(
            "Baris berisi {isi} = {diambil} diambil + {ditolak} ditolak + {sisa} tidak dipakai.",
            isi=number(say, rows.filled),
            diambil=number(say, rows.taken),
            ditolak=number(say, rows.refused),
            sisa=number(say, len(rows.left_out)),
        )
    ]
    if not rows.agrees:
        lines.append(say("Jumlah itu tidak cocok: ada baris yang hilang. Jangan terbitkan daftar ini, laporkan."))
    by_reason: dict[WhyLeftOut, list[RowId]] = defaultdict(list)
    for row, why in rows.left_out:
        by_reason[why].append(row)
    for why, found in by_reason.items():
        lines.append("  " + say("tidak dipakai, {sebab}: baris {baris}", sebab=say(LEFT_OUT[why]), baris=_rows(found)))
    if rows.hidden:
        lines.append(
            say(
                "{jumlah} baris tersembunyi di berkas, tetapi ikut dibaca: baris {baris}",
                jumlah=number(say, len(rows.hidden)),
                baris=_rows(rows.hidden),
            )
        )
    return lines


def _places(tally: Tally, names: Mapping[str, str], say: Say) -> list[str]:
    by_place: dict[str | None, Counter[int | None]] = defaultdict(Counter)
    for (code, rw, _), count in tally.places.items():
        by_place[code][rw] += count
    lines = []
    for code, rws in sorted(by_place.items(), key=lambda item: item[0] or "~"):
        parts = [
            f"{rw_name(rw, say)}: {number(say, count)}"
            for rw, count in sorted(rws.items(), key=lambda item: item[0] or 10**6)
        ]
        name = names.get(code, code) if code else say("kelurahan tidak diketahui")
        lines.append(
            "  "
            + say(
                "{tempat}: {orang} orang ({rincian})",
                tempat=name,
                orang=number(say, rws.total()),
                rincian=", ".join(parts),
            )
        )
    return lines


def _samples(people: Sequence[ListedPerson], say: Say) -> list[str]:
    count = len(people)
    shown = [people[index] for index in sorted({0, count // 2, count - 1})[:SAMPLES]] if count else []
    return [say("Contoh: {orang}", orang=masked(person, say)) for person in shown]


def masked(person: ListedPerson, say: Say) -> str:
    """Someone as an operator can compare with the file, and nobody can recognise: beginnings of words and numbers."""
    parts = [
        " ".join(word[0] + "•" * (len(word) - 1) for word in person.name.split()),
        f"NIK {_masked_number(person.nik)}",
        f"KK {_masked_number(person.kk)}",
        f"RT {person.rt or '?'} RW {person.rw or '?'}",
        person.kelurahan or "?",
    ]
    if person.amount is not None:
        parts.append(say.rupiah(person.amount))
    return ", ".join(parts)


def _masked_number(digits: str | None) -> str:
    return "?" if digits is None else masked_number(digits)


def what_is_wrong(draft: Draft, say: Say) -> list[str]:
    """Each kind of fault with what it means and how often, then row by row."""
    kinds = Counter((fault.column, fault.code) for fault in draft.faults)
    lines = [f"{number(say, count):>6} × {explain_fault(*kind, say)}" for kind, count in kinds.most_common()]
    return lines + [
        say("Baris {baris}: {salah}", baris=row, salah=explain_fault(column, code, say))
        for row, column, code in draft.faults
    ]


def what_contradicts(found: Iterable[Contradiction], say: Say) -> str:
    """What the file says otherwise than the command, and what to do."""
    lines = [say("Berkas mengatakan hal lain daripada perintah:")]
    lines += ["  " + line for line in contradictions(found, say, IN_THE_COMMAND)]
    lines.append(say("Katakan mana yang benar: --berlaku perintah, atau --berlaku berkas."))
    return "\n".join(lines)


def contradictions(found: Iterable[Contradiction], say: Say, sentence: str = IN_THE_FORM) -> list[str]:
    """What the file says, and what the operator says, each in a line."""
    lines = []
    for what, operator, file, rows in found:
        where = say("{jumlah} baris", jumlah=number(say, rows)) if rows else say("judul atau kolom tahap")
        lines.append(
            say(
                sentence,
                hal=say(WHAT_FILES_SAY[what]),
                berkas=file,
                tempat=where,
                perintah=operator,
            )
        )
    return lines


def _counted(counted: Counter[str], say: Say) -> str:
    return ", ".join(f"{value} ({number(say, count)})" for value, count in counted.most_common())


def _rows(rows: Sequence[RowId]) -> str:
    shown = ", ".join(map(str, rows[:ROWS_NAMED]))
    return f"{shown}, …" if len(rows) > ROWS_NAMED else shown

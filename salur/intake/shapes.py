"""What a row that is no clear entry looks like: a title, a total, a signature or note, or somebody without a number."""

from __future__ import annotations

import re

from salur.intake.cells.texts import text_of
from salur.intake.files.sheet import Cell, Row
from salur.intake.tables.content import MONEY, NAME

FEW_CELLS = 3  # a row with fewer cells than this may be a heading
SUBTOTAL = re.compile(r"(?:SUB\s*-?\s*TOTAL|GRAND\s*TOTAL|TOTAL|JUMLAH|JML|REKAP(?:ITULASI)?|TERBILANG)\b", re.I)
# How cells at the foot of a page begin; a person's row may hold the like, as a job or a place and day of birth.
FOOTER = re.compile(
    r"(?:MENGETAHUI|MENYETUJUI|LURAH|KEPALA (?:DESA|DINAS|SEKSI|BIDANG)|CAMAT|SEKRETARIS|NIP\b|PETUGAS|KETUA R[TW]"
    r"|DIBUAT OLEH|DISAHKAN|CATATAN|SUMBER DATA|DICETAK|\(?[.…_]{4,})|[A-Z][A-Za-z ]+,\s*\d{1,2} [A-Za-z]+ \d{4}$",
    re.I,
)
NOTE = re.compile(r"(?:\*|CATATAN|KETERANGAN|KET\b|SUMBER|DICETAK|NB\b|HALAMAN|HAL\b)", re.I)
HEADING = re.compile(
    r"(?:RT|RW|KEL|KELURAHAN|DESA|KEC|KECAMATAN|KAB|KABUPATEN|KOTA|DUSUN|DSN|KP|KAMPUNG|LINGK|LINGKUNGAN|BLOK|PERUM"
    r"|JL|JALAN|GG|GANG|WILAYAH|KELOMPOK|KUBE|TAHAP|DAFTAR|DATA|LANJUTAN|TAMBAHAN|PROGRAM|PENERIMA|LAMPIRAN|HALAMAN)\b",
    re.I,
)
RUNNING_NUMBER = re.compile(r"\d{1,6}(?:\.0)?[.)]?")


def filled(row: Row) -> list[str]:
    """The texts of a row's cells that hold something."""
    return [text for cell in row if cell != "" and (text := text_of(cell))]


def is_subtotal(texts: list[str]) -> bool:
    """Whether the first text of a row, after its number, is `JUMLAH RT 001` or the like."""
    first = next((text for text in texts if not text.isdecimal()), "")
    return SUBTOTAL.match(first) is not None


def is_sum(texts: list[str]) -> bool:
    """Whether a row is nothing but numbers, none of them as long as a NIK: a total without its word."""
    return all(len(text) < 16 and (text.isdecimal() or MONEY.fullmatch(text)) for text in texts)


def is_footer(texts: list[str]) -> bool:
    """Whether some cell begins like the foot of a page."""
    return any(FOOTER.match(text) for text in texts)


def is_heading_text(texts: list[str]) -> bool:
    """Whether a row begins with what headings begin with."""
    return bool(texts) and HEADING.match(texts[0]) is not None


def is_name(text: str) -> bool:
    """Whether a text may be somebody's name."""
    return NAME.fullmatch(text) is not None and not HEADING.match(text) and not FOOTER.match(text)


def is_running_number(cell: Cell) -> bool:
    """Whether a cell counts rows: `12`, `12.` or `12)`."""
    return cell != "" and RUNNING_NUMBER.fullmatch(text_of(cell)) is not None

"""Printings and their letters as they are kept, and the file to print, sealed in pieces for a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from salur.core.letters.issuing.composing import Issued, rows_of
from salur.core.letters.issuing.numbers import next_number
from salur.core.letters.issuing.queries import replace_older
from salur.core.storage.database import AnyRow, fresh_ids
from salur.core.storage.vault import Vault
from salur.core.tables.letters import LetterRow, PrintedPieceRow, PrintingRow

PIECE = 256 * 1024  # bytes
CONTENT = "letter_piece.sealed_content"
FETCHED = timedelta(hours=24)


def add_printing(connection: Connection, values: Mapping[str, object]) -> int:
    """A printing that nobody has begun yet; gives its number."""
    return int(
        connection.execute(insert(PrintingRow).values(letters=0, **values).returning(PrintingRow.id)).scalar_one()
    )


def printing_row(connection: Connection, id: int) -> AnyRow | None:
    """One printing."""
    return connection.execute(select(PrintingRow.__table__).where(PrintingRow.id == id)).one_or_none()


def take_numbers(connection: Connection, vault: Vault, row: AnyRow, count: int, now: datetime) -> int:
    """So many numbers for a printing; gives the first. Those that an earlier try took, and told nobody, are its own."""
    if row.first_number is not None and row.letters == count:
        return int(row.first_number)
    first = next_number(connection, vault, row.programme_code, row.period, row.region_code, now)
    mine = update(PrintingRow).where(PrintingRow.id == row.id)
    connection.execute(mine.values(first_number=first, letters=count))
    return first


def keep_letters(connection: Connection, vault: Vault, row: AnyRow, issued: Sequence[Issued], now: datetime) -> None:
    """From now on these letters are good, and older ones of the same payees, round and kind are not."""
    replace_older(connection, row, [one.payee.entitlement for one in issued], now)
    connection.execute(insert(LetterRow), rows_of(vault, issued, row.id))
    connection.execute(update(PrintingRow).where(PrintingRow.id == row.id).values(ready_at=now))


def keep_file(connection: Connection, vault: Vault, printing: int, part: int, content: bytes) -> None:
    """Seal a part of the file to print."""
    pieces = [content[start : start + PIECE] for start in range(0, len(content), PIECE)]
    for id, piece in zip(fresh_ids(len(pieces)), pieces, strict=True):
        sealed = vault.seal(piece, CONTENT, id)
        values = {"id": id, "printing_id": printing, "part": part, "sealed_content": sealed}
        connection.execute(insert(PrintedPieceRow).values(values))


def parts_kept(connection: Connection, printing: int) -> int:
    """How many files there are to print."""
    found = select(PrintedPieceRow.part).where(PrintedPieceRow.printing_id == printing).distinct()
    return len(connection.execute(found).all())


def opened(connection: Connection, vault: Vault, printing: int, part: int) -> Iterator[bytes]:
    """The pieces of a file, in their order."""
    columns = (PrintedPieceRow.id, PrintedPieceRow.sealed_content)
    found = select(*columns).where(PrintedPieceRow.printing_id == printing, PrintedPieceRow.part == part)
    for row in connection.execute(found.order_by(PrintedPieceRow.id)):
        yield vault.open(row.sealed_content, CONTENT, row.id)


def drop_old_files(connection: Connection, now: datetime) -> int:
    """Delete the files of more than a day ago, and of what was withdrawn; gives how many pieces."""
    over = select(PrintingRow.id).where((PrintingRow.ready_at < now - FETCHED) | PrintingRow.withdrawn_at.is_not(None))
    return connection.execute(delete(PrintedPieceRow).where(PrintedPieceRow.printing_id.in_(over))).rowcount

"""The programmes: codes and names as data. Amounts belong to lists, the words about a programme to `salur.words`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from salur.core.errors import FieldRefused, NotThere
from salur.core.lists.kinds import PROGRAMME_KINDS, Wording
from salur.core.record.kinds import RecordKind
from salur.core.record.note import Doer, note
from salur.core.storage.database import Database
from salur.core.tables.lists import ProgrammeRow, ProgrammeWordsRow

CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{1,19}")
LONGEST_NAME, LONGEST_TEXT = 100, 500


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme: `kind` is cash, goods, premium or group."""

    code: str
    name: str
    kind: str


KNOWN = (
    Programme("PKH", "Program Keluarga Harapan", "cash"),
    Programme("SEMBAKO", "Program Sembako (BPNT)", "cash"),
    Programme("BST", "Bantuan Sosial Tunai", "cash"),
    Programme("BLT-DD", "BLT Dana Desa", "cash"),
    Programme("BLTS-KESRA", "BLT Sementara Kesejahteraan Rakyat", "cash"),
    Programme("PANGAN", "Bantuan Pangan (beras dan minyak goreng)", "goods"),
    Programme("PBI-JK", "Iuran BPJS Kesehatan (PBI-JK)", "premium"),
    Programme("ATENSI-YAPI", "ATENSI anak yatim piatu", "cash"),
    Programme("KUBE", "Kelompok Usaha Bersama", "group"),
    Programme("UEP", "Usaha Ekonomi Produktif", "cash"),
    Programme("APBD", "Bantuan sosial dari APBD", "cash"),
)


class Programmes:
    """Loads and lists the programmes."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def load(self) -> int:
        """Bring the table in step with KNOWN; what an office added itself is kept. Gives how many are known."""
        rows = [{"code": p.code, "name": p.name, "kind": p.kind} for p in KNOWN]
        with self._database.writing() as connection:
            present = {p.code for p in self._read(connection)}
            for row in rows:
                if row["code"] in present:
                    table = ProgrammeRow.__table__
                    connection.execute(
                        table.update().where(table.c.code == row["code"]).values(name=row["name"], kind=row["kind"])  # type: ignore[attr-defined]
                    )
                else:
                    connection.execute(insert(ProgrammeRow), [row])
        return len(rows)

    def all(self) -> tuple[Programme, ...]:
        """All programmes, by code."""
        with self._database.reading() as connection:
            return self._read(connection)

    def add(self, code: str, name: str, kind: str, by: Doer | None = None) -> Programme:
        """Take in a programme of the city's own.

        Raises: FieldRefused with `code_wrong`, `code_taken`, `name_missing`, `text_too_long` or `kind_unknown`.
        """
        code, name = code.strip().upper(), " ".join(name.split())
        if not CODE.fullmatch(code):
            raise FieldRefused("code", "code_wrong")
        if not name:
            raise FieldRefused("name", "name_missing")
        if len(name) > LONGEST_NAME:
            raise FieldRefused("name", "text_too_long")
        if kind not in PROGRAMME_KINDS:
            raise FieldRefused("kind", "kind_unknown")
        made = Programme(code, name, kind)
        with self._database.writing() as connection:
            if any(one.code == code for one in self._read(connection)):
                raise FieldRefused("code", "code_taken")
            connection.execute(insert(ProgrammeRow).values(**asdict(made)))
            note(connection, by, RecordKind.PROGRAMMES, "added", self._clock(), code=code, name=name)
        return made

    def rename(self, code: str, name: str, by: Doer | None = None) -> None:
        """Call a programme of the city's own otherwise; those that Salur knows keep their names.

        Raises: NotThere(`unknown_programme`); FieldRefused with `name_missing` or `text_too_long`.
        """
        name = " ".join(name.split())
        if not name or len(name) > LONGEST_NAME:
            raise FieldRefused("name", "text_too_long" if name else "name_missing")
        own = ProgrammeRow.code == code, ProgrammeRow.code.not_in([one.code for one in KNOWN])
        with self._database.writing() as connection:
            if not connection.execute(update(ProgrammeRow).where(*own).values(name=name)).rowcount:
                raise NotThere("unknown_programme")
            note(connection, by, RecordKind.PROGRAMMES, "renamed", self._clock(), code=code, name=name)

    def write(self, code: str, language: str, words: Wording, by: int | None = None) -> None:
        """Say about a programme in one language what is told of it; what is left empty is told as before.

        What was said until now is kept. Raises: NotThere(`unknown_programme`); FieldRefused(`text_too_long`).
        """
        told = {part: " ".join(text.split()) for part, text in asdict(words).items()}
        for part, text in told.items():
            if len(text) > LONGEST_TEXT:
                raise FieldRefused(part, "text_too_long")
        with self._database.writing() as connection:
            if all(one.code != code for one in self._read(connection)):
                raise NotThere("unknown_programme")
            values = {"programme_code": code, "language": language, "made_by": by, "made_at": self._clock()}
            connection.execute(insert(ProgrammeWordsRow).values(**values, **told))

    def words(self, language: str) -> Mapping[str, Wording]:
        """What an office says of programmes in one language, by code."""
        row = ProgrammeWordsRow
        told = select(row.programme_code, row.what, row.who, row.paid, row.papers).where(row.language == language)
        with self._database.reading() as connection:
            return {code: Wording(*parts) for code, *parts in connection.execute(told.order_by(row.id))}

    @staticmethod
    def _read(connection: Connection) -> tuple[Programme, ...]:
        rows = connection.execute(select(ProgrammeRow.__table__).order_by(ProgrammeRow.code))
        return tuple(Programme(row.code, row.name, row.kind) for row in rows)

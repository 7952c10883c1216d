"""The programmes: codes and names as data. Amounts belong to lists, the words about a programme to `salur.words`."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from salur.core.storage.database import Database
from salur.core.tables.lists import ProgrammeRow


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

    def __init__(self, database: Database) -> None:
        self._database = database

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

    @staticmethod
    def _read(connection: Connection) -> tuple[Programme, ...]:
        rows = connection.execute(select(ProgrammeRow.__table__).order_by(ProgrammeRow.code))
        return tuple(Programme(row.code, row.name, row.kind) for row in rows)

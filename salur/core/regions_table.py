"""The regions in the database, for names beside codes."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete, func, select

from salur.core.database import Database, bulk_insert
from salur.core.regions import Region, RegionKind, all_regions, region_of, table
from salur.core.tables import RegionRow


class Regions:
    """Loads and names regions."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def load(self, regions: Iterable[Region] | None = None) -> int:
        """Put these regions, or all of the shipped file, in the table instead of what is there. Gives their number."""
        rows = [(r.code, r.name, str(r.kind)) for r in (all_regions() if regions is None else regions)]
        with self._database.writing() as connection:
            connection.execute(delete(RegionRow))
            bulk_insert(connection, RegionRow.__table__, ("code", "name", "kind"), rows)  # type: ignore[arg-type]
        return len(rows)

    def complete(self) -> bool:
        """Whether all regions of the shipped file are in the table."""
        with self._database.reading() as connection:
            count = connection.execute(select(func.count()).select_from(RegionRow)).scalar_one()
        return bool(count == len(table().splitlines()))

    def children(self, code: str) -> tuple[Region, ...]:
        """The regions of the next level within one, by name."""
        level = func.length(RegionRow.code) == {2: 5, 5: 8, 8: 13}.get(len(code), 0)
        inside = func.substr(RegionRow.code, 1, len(code) + 1) == code + "."
        with self._database.reading() as connection:
            rows = connection.execute(select(RegionRow.code, RegionRow.name).where(level, inside))
            return tuple(sorted((region_of(row.code, row.name) for row in rows), key=lambda region: region.name))

    def villages(self, code: str) -> dict[Region, tuple[Region, ...]]:
        """All kelurahan and desa of a regency or city, under their districts, both by name."""
        inside = func.substr(RegionRow.code, 1, len(code) + 1) == code + "."
        with self._database.reading() as connection:
            rows = connection.execute(select(RegionRow.code, RegionRow.name).where(inside).order_by(RegionRow.name))
            regions = [region_of(row.code, row.name) for row in rows]
        districts = [region for region in regions if region.kind is RegionKind.DISTRICT]
        return {
            district: tuple(region for region in regions if region.parent == district.code) for district in districts
        }

    def name(self, code: str) -> str | None:
        """The official name of a region."""
        with self._database.reading() as connection:
            return connection.execute(select(RegionRow.name).where(RegionRow.code == code)).scalar()

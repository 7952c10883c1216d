"""The regions in the database, for names beside codes."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import pairwise

from sqlalchemy import Connection, delete, func, select

from salur.core.regions.region import DISTRICT, LEVELS, VILLAGE, Region, RegionKind, district_of, region_of
from salur.core.regions.search import Kelurahan
from salur.core.regions.shipped import all_regions, table
from salur.core.regions.territory import Territory, TerritoryNames
from salur.core.storage.bulk import bulk_insert
from salur.core.storage.database import Database
from salur.core.tables.regions import RegionRow


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
        level = func.length(RegionRow.code) == dict(pairwise(LEVELS)).get(len(code), 0)
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

    def kelurahan(self, code: str) -> tuple[Kelurahan, ...]:
        """All kelurahan and desa of a regency or city, each with its district, by district and name."""
        return tuple(
            Kelurahan(village.code, village.name, district.name)
            for district, inside in self.villages(code).items()
            for village in inside
        )

    def name(self, code: str) -> str | None:
        """The official name of a region."""
        with self._database.reading() as connection:
            return connection.execute(select(RegionRow.name).where(RegionRow.code == code)).scalar()


def knows(connection: Connection, code: str) -> bool:
    """Whether there is a region with this code."""
    return connection.execute(select(RegionRow.code).where(RegionRow.code == code)).first() is not None


def region_names(connection: Connection, codes: Collection[str]) -> dict[str, str]:
    """The official names of regions; those that do not exist are left out."""
    statement = select(RegionRow.code, RegionRow.name).where(RegionRow.code.in_(sorted(codes)))
    return {row.code: row.name for row in connection.execute(statement)} if codes else {}


def name_territories(connection: Connection, territories: Iterable[Territory]) -> dict[Territory, TerritoryNames]:
    """Say how territories are called. One question for all."""
    wanted = set(territories)
    codes = {code for one in wanted for code in (one.region_code, district_of(one.region_code))}
    names = region_names(connection, codes)

    def call(territory: Territory) -> TerritoryNames:
        code = territory.region_code
        kelurahan = names.get(code) if len(code) == VILLAGE else None
        kecamatan = names.get(district_of(code)) if len(code) >= DISTRICT else None
        return TerritoryNames(kelurahan, kecamatan, territory.rw, territory.rt)

    return {territory: call(territory) for territory in wanted}


def name_territory(connection: Connection, territory: Territory) -> TerritoryNames:
    """Say how one is called."""
    return name_territories(connection, [territory])[territory]

"""The offices that people can go to: Dinas Sosial, as the settings say, and those of kelurahan, as a file said."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sqlalchemy import Connection, delete, func, insert, select

from salur.core.regions.office import Office
from salur.core.regions.region import DISTRICT, Region, region_of
from salur.core.storage.database import Database
from salur.core.storage.statements import AnyColumn
from salur.core.tables.regions import OfficeRow, RegionRow


class Offices:
    """Knows the office of the city that is served, which `dinsos` tells as it is at the moment, and its kelurahan's."""

    def __init__(self, database: Database, dinsos: Callable[[], Office]) -> None:
        self._database = database
        self._dinsos = dinsos

    @property
    def dinsos(self) -> Office | None:
        """The office of the city that is served, None when nothing is known of it."""
        office = self._dinsos()
        return office if office.known else None

    def put(self, offices: Iterable[Office]) -> int:
        """Put these offices of kelurahan in place of all that were known. Gives their number."""
        rows = [{field: getattr(office, field) for field in ("code", *TOLD)} for office in offices]
        with self._database.writing() as connection:
            connection.execute(delete(OfficeRow))
            if rows:
                connection.execute(insert(OfficeRow), rows)
        return len(rows)

    def inside(self, code: str) -> dict[Region, tuple[Office, ...]]:
        """The offices within a regency or city, under their districts, both by name."""
        of_district = func.substr(OfficeRow.code, 1, DISTRICT) == RegionRow.code
        statement = (
            select(RegionRow.code.label("district"), RegionRow.name.label("district_name"), *_columns())
            .join(RegionRow, of_district)
            .where(func.substr(OfficeRow.code, 1, len(code) + 1) == code + ".")
            .order_by(RegionRow.name, OfficeRow.name)
        )
        found: dict[Region, tuple[Office, ...]] = {}
        with self._database.reading() as connection:
            for district, name, *told in connection.execute(statement):
                region = region_of(district, name)
                found[region] = (*found.get(region, ()), Office(*told))
        return found

    def any_inside(self, code: str) -> bool:
        """Whether an office of any kelurahan there is known."""
        statement = select(OfficeRow.code).where(func.substr(OfficeRow.code, 1, len(code) + 1) == code + ".").limit(1)
        with self._database.reading() as connection:
            return connection.execute(statement).first() is not None


TOLD = ("name", "address", "phone", "hours")


def office_of(connection: Connection, code: str) -> Office | None:
    """The office of a kelurahan; None when nothing is known of it."""
    row = connection.execute(select(*_columns()).where(OfficeRow.code == code)).one_or_none()
    return Office(**row._mapping) if row else None


def _columns() -> tuple[AnyColumn, ...]:
    return (OfficeRow.code, *(getattr(OfficeRow, field) for field in TOLD))

"""Where RW and RT lie, as an office says it: for the way that families walk."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import delete, insert

from salur.core.errors import FieldRefused
from salur.core.officers.roles import Officer
from salur.core.payouts.spreading.answers import Neighbourhood, Spot
from salur.core.payouts.spreading.families import spots_in
from salur.core.regions.territory import Territory
from salur.core.storage.database import Database
from salur.core.tables.payouts import SpotRow


class Spots:
    """Takes in and shows where the neighbourhoods of an officer's area lie."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def tell(self, officer: Officer | None, spots: Mapping[Neighbourhood, Spot]) -> int:
        """Say where RW and RT lie, roughly; what was said before of the same is written over. Gives how many there are.

        `officer`: None for the console.
        Raises: FieldRefused(region_code: `not_your_area`).
        """
        if officer is not None and any(not officer.territory.covers(Territory(where.region_code)) for where in spots):
            raise FieldRefused("region_code", "not_your_area")
        with self._database.writing() as connection:
            for where, spot in spots.items():
                key = {"region_code": where.region_code, "rw": where.rw or 0, "rt": where.rt or 0}
                same = [getattr(SpotRow, name) == value for name, value in key.items()]
                connection.execute(delete(SpotRow).where(*same))
                connection.execute(insert(SpotRow).values(**key, **spot._asdict()))
        return len(spots)

    def all(self, officer: Officer) -> Mapping[Neighbourhood, Spot]:
        """Where the RW and RT of the officer's area lie, as far as somebody has said so."""
        return self.within(officer.territory.region_code)

    def within(self, region_code: str) -> Mapping[Neighbourhood, Spot]:
        """The same, of a region."""
        with self._database.reading() as connection:
            return spots_in(connection, [region_code])

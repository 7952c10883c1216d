"""The numbers of letters: counted on within programme, period and city, no number given out twice."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, func, select

from salur.core.limits import tallies
from salur.core.limits.tallies import HOUR
from salur.core.regions.region import regency_of
from salur.core.storage.vault import Vault
from salur.core.tables.letters import PrintingRow

DIGITS = 6


def next_number(
    connection: Connection, vault: Vault, programme: str, period: str, region_code: str, now: datetime
) -> int:
    """The first number that is free. Until the transaction ends nobody else is told one of this round."""
    city = regency_of(region_code)
    held = vault.digest("letter numbers", f"{programme} {period} {city}".encode())
    tallies.lock(connection, {held: HOUR}, int(now.timestamp()))
    of_round = (PrintingRow.programme_code == programme, PrintingRow.period == period)
    in_city = func.substr(PrintingRow.region_code, 1, len(city)) == city
    last = select(func.max(PrintingRow.first_number + PrintingRow.letters)).where(*of_round, in_city)
    return int(connection.execute(last).scalar() or 1)


def written(region_code: str, number: int) -> str:
    """A number as it stands on the letter: `3271/000123`."""
    return f"{regency_of(region_code).replace('.', '')}/{number:0{DIGITS}}"

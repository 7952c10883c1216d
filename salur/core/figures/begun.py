"""For whom a day of payment is over or running: by the rules of the list, for whole neighbourhoods at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, or_, select

from salur.core.figures.entered import Key
from salur.core.lookup.rules import own_sittings
from salur.core.payouts.kinds import SittingState
from salur.core.payouts.sittings import SittingRead, read_sitting, sitting_columns
from salur.core.regions.region import DISTRICT, REGENCY, VILLAGE
from salur.core.regions.territory import Territory
from salur.core.tables.payouts import PlaceRow, SittingRow


class Begun:
    """The sittings around an area."""

    def __init__(self, connection: Connection, area: Territory, periods: Collection[str], now: datetime) -> None:
        code = area.region_code
        around = {code[:length] for length in (REGENCY, DISTRICT, VILLAGE)}
        statement = select(
            SittingRow.programme_code, SittingRow.period, *sitting_columns(SittingRow, PlaceRow, "sitting_")
        )
        statement = statement.join(PlaceRow, PlaceRow.id == SittingRow.place_id).where(
            or_(SittingRow.region_code.in_(around), SittingRow.region_code.startswith(f"{code}.", autoescape=True)),
            SittingRow.state == SittingState.ACTIVE,
            SittingRow.period.in_(periods),
        )
        self._now = now
        self._sittings: dict[tuple[str, str, str], list[SittingRead]] = defaultdict(list)
        for programme, period, *values in connection.execute(statement):
            sitting = read_sitting(values)
            self._sittings[programme, period, sitting.region_code].append(sitting)
        self._around: dict[tuple[str, str, str], list[SittingRead]] = {}
        self._known: dict[tuple[object, ...], bool] = {}

    def for_whom(self, key: Key) -> bool:
        """Whether people who are counted together could have collected by now."""
        code = key.region_code
        if code is None or len(code) != VILLAGE:
            return False
        asked = (key.programme, key.period, code)
        if (around := self._around.get(asked)) is None:
            around = self._around[asked] = self._sittings_around(*asked)
        # Most are for a whole kelurahan, or for whole RW: then it is one answer for many.
        rw = key.rw if any(sitting.rw is not None for sitting in around) else None
        rt = key.rt if any(sitting.rt is not None for sitting in around) else None
        of_whom = (*asked, rw, rt, key.care)
        if (known := self._known.get(of_whom)) is None:
            theirs = [one for one in around if one.rw in (None, key.rw) and one.rt in (None, key.rt)]
            sittings = own_sittings(theirs, care=key.care)
            known = self._known[of_whom] = any(sitting.starts_at <= self._now for sitting in sittings)
        return known

    def _sittings_around(self, programme: str, period: str, code: str) -> list[SittingRead]:
        regions = (code[:length] for length in (REGENCY, DISTRICT, VILLAGE))
        return [sitting for region in regions for sitting in self._sittings.get((programme, period, region), ())]

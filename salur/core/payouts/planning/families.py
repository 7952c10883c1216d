"""How many families a sitting is for, by the lists in force. They are counted; nobody is shown."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from salur.core.lists.kinds import ListState, State
from salur.core.payouts.kinds import ScheduledSitting
from salur.core.regions.region import VILLAGE
from salur.core.tables.lists import ListRow
from salur.core.tables.people import EntitlementRow, PersonRow

Counted = dict[tuple[int | None, int | None], int]  # by RW and RT


class Families:
    """Counts each kelurahan once for each round."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[tuple[str, str, str], Counted] = {}

    def of(self, sitting: ScheduledSitting) -> int:
        """For how many there is something to collect in the area of a sitting; of a plan, how many it places there."""
        if sitting.families is not None:
            return sitting.families
        return self.inside(
            sitting.programme or "", sitting.period or "", sitting.region_code or "", sitting.rw, sitting.rt
        )

    def inside(self, programme: str, period: str, region_code: str, rw: int | None, rt: int | None) -> int:
        """The same, for an area of a round."""
        counted = self.by_neighbourhood(programme, period, region_code)
        return sum(n for (its_rw, its_rt), n in counted.items() if rw in (None, its_rw) and rt in (None, its_rt))

    def by_neighbourhood(self, programme: str, period: str, region_code: str) -> Counted:
        """The families of a region by RW and RT."""
        key = (programme, period, region_code)
        if key not in self._known:
            here = PersonRow.region_code == region_code
            if len(region_code) < VILLAGE:
                here = func.substr(PersonRow.region_code, 1, len(region_code) + 1) == region_code + "."
            statement = (
                select(PersonRow.rw, PersonRow.rt, func.count())
                .join(EntitlementRow, EntitlementRow.person_id == PersonRow.id)
                .join(ListRow, ListRow.id == EntitlementRow.list_id)
                .where(
                    here,
                    ListRow.programme_code == programme,
                    ListRow.period == period,
                    ListRow.state == ListState.PUBLISHED,
                    EntitlementRow.state.in_((State.ENTITLED, State.GROUP)),
                )
                .group_by(PersonRow.rw, PersonRow.rt)
            )
            self._known[key] = {(rw, rt): n for rw, rt, n in self._connection.execute(statement)}
        return self._known[key]

"""The places of payment as an office keeps them: added, changed, merged where one was written as two, taken back.

Residents read a place where they read of a sitting, so each step is one transaction and holds at once.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from salur.core.errors import FieldRefused, Meanwhile, NotThere, Refused
from salur.core.notices.stirring import stir
from salur.core.officers.roles import Officer
from salur.core.payouts.answers import Place
from salur.core.payouts.places.alike import twins_among, why_alike
from salur.core.payouts.places.answers import KeptPlace, PlaceFacts, PlaceHappened, Twins
from salur.core.payouts.places.kinds import PlaceEvent
from salur.core.payouts.places.known import FACTS, lies_elsewhere, place_key
from salur.core.payouts.places.queries import (
    UNDOABLE,
    happened_with,
    kept_place,
    kept_places,
    later_than,
    told_apart,
)
from salur.core.regions.search import squeeze
from salur.core.regions.territory import Territory
from salur.core.storage.database import AnyRow, Database
from salur.core.tables.payouts import PlaceEventRow, PlaceRow, SittingRow

FILLED = (*FACTS, "per_hour")


class PlacesDesk:
    """Keeps the places of an officer's area; what lies outside is not there."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def all(self, officer: Officer, wanted: str = "") -> tuple[KeptPlace, ...]:
        """The places, by region and name; `wanted`: those whose name, address or region holds it."""
        with self._database.reading() as connection:
            places = kept_places(connection, officer, self._clock())
        sought = squeeze(wanted)
        return tuple(
            one
            for one in places
            if one.merged_into is None
            and any(sought in squeeze(text or "") for text in (one.place.name, one.place.address, one.region_name))
        )

    def twins(self, officer: Officer) -> tuple[Twins, ...]:
        """Which of them are likely one that was written twice."""
        places = self.all(officer)
        with self._database.reading() as connection:
            return twins_among(places, told_apart(connection))

    def show(self, officer: Officer, id: int) -> KeptPlace:
        """One place, also one that was merged. Raises NotThere(`no_such_place`)."""
        with self._database.reading() as connection:
            return kept_place(connection, officer, self._clock(), id, whole=False)

    def history(self, officer: Officer, id: int) -> tuple[PlaceHappened, ...]:
        """What was done with it, the latest first. Raises NotThere(`no_such_place`)."""
        with self._database.reading() as connection:
            kept_place(connection, officer, self._clock(), id, whole=False)
            return happened_with(connection, id)

    def add(self, officer: Officer, facts: PlaceFacts, *, is_another: bool = False) -> int:
        """Keep a new place; gives its number.

        Raises: FieldRefused (name: `place_known`; region_code: `not_your_area`); Refused(`place_alike`, facts: places),
        unless the officer says that it is another.
        """
        with self._database.writing() as connection:
            _lock(connection)
            places = self._of_its_own(connection, officer, facts, None)
            new = KeptPlace(_place_with(facts, 0), facts.region_code, "", facts.per_hour)
            alike = [one.id for one in places if why_alike(one, new)]
            if alike and not is_another:
                raise Refused("place_alike", places=alike)
            id = int(connection.execute(insert(PlaceRow).values(asdict(facts)).returning(PlaceRow.id)).scalar_one())
            self._note(connection, PlaceEvent.ADDED, id, officer, {})
            return id

    def change(self, officer: Officer, id: int, facts: PlaceFacts, seen: int, *, moves: bool = False) -> None:
        """Write other facts of a place. `seen`: how many steps the officer knew of.

        Raises: NotThere; Meanwhile; FieldRefused as `add`; Refused(`place_would_move`, facts: sittings) where residents
        would go elsewhere, unless the officer agrees (`moves`).
        """
        with self._database.writing() as connection:
            _lock(connection)
            kept = kept_place(connection, officer, self._clock(), id)
            if kept.seen != seen:
                raise Meanwhile()
            self._of_its_own(connection, officer, facts, id)
            told, known = asdict(facts), asdict(kept.facts)
            before = {name: known[name] for name in told if told[name] != known[name]}
            if not before:
                return
            if kept.upcoming and not moves and lies_elsewhere(known, told):
                raise Refused("place_would_move", sittings=kept.upcoming)
            connection.execute(update(PlaceRow).where(PlaceRow.id == id).values({name: told[name] for name in before}))
            self._note(connection, PlaceEvent.CHANGED, id, officer, {"facts": before})

    def merge(self, officer: Officer, id: int, into: int, seen: tuple[int, int]) -> None:
        """Say that a place is another: all its sittings follow, and what the other lacks is filled in.

        Raises: NotThere; Meanwhile; Refused(`same_place`).
        """
        with self._database.writing() as connection:
            _lock(connection)
            kept, other = (kept_place(connection, officer, self._clock(), one) for one in (id, into))
            if id == into:
                raise Refused("same_place")
            if (kept.seen, other.seen) != seen:
                raise Meanwhile()
            theirs = select(SittingRow.id).where(SittingRow.place_id == id).order_by(SittingRow.id)
            sittings = list(connection.execute(theirs).scalars())
            ours, known = asdict(kept.facts), asdict(other.facts)
            filled = {name: ours[name] for name in FILLED if known[name] is None and ours[name] is not None}
            if (known["latitude"] is None) != (known["longitude"] is None):
                filled = {name: value for name, value in filled.items() if name not in ("latitude", "longitude")}
            connection.execute(update(SittingRow).where(SittingRow.place_id == id).values(place_id=into))
            connection.execute(update(PlaceRow).where(PlaceRow.id == id).values(merged_into_id=into))
            if filled:
                connection.execute(update(PlaceRow).where(PlaceRow.id == into).values(filled))
            self._note(connection, PlaceEvent.MERGED, id, officer, {"sittings": sittings, "filled": filled}, other=into)

    def tell_apart(self, officer: Officer, id: int, other: int) -> None:
        """Say that two places that look like one are two; they are proposed no more. Raises NotThere."""
        with self._database.writing() as connection:
            for one in (id, other):
                kept_place(connection, officer, self._clock(), one)
            self._note(connection, PlaceEvent.DIFFERENT, id, officer, {}, other=other)

    def undo(self, officer: Officer, id: int, event: int) -> None:
        """Take back the last step with a place.

        Raises: NotThere; Refused(`undo_later_first`) where something was done since, or there is nothing to undo.
        """
        with self._database.writing() as connection:
            _lock(connection)
            row = self._event(connection, officer, id, event)
            if row.what not in UNDOABLE or row.undone_at is not None or later_than(connection, row):
                raise Refused("undo_later_first")
            kept = json.loads(row.before)
            if row.what == PlaceEvent.CHANGED:
                self._of_its_own(
                    connection, officer, self._as_before(connection, officer, row.place_id, kept["facts"]), row.place_id
                )
                connection.execute(update(PlaceRow).where(PlaceRow.id == row.place_id).values(kept["facts"]))
            elif row.what == PlaceEvent.MERGED:
                self._part(connection, row, kept)
            stir(connection, self._clock(), [officer.territory.region_code])
            undone = update(PlaceEventRow).where(PlaceEventRow.id == event)
            connection.execute(undone.values(undone_at=self._clock()))

    @staticmethod
    def _part(connection: Connection, row: AnyRow, kept: Mapping[str, object]) -> None:
        """Two places again: the sittings that followed go back, unless they were moved elsewhere since."""
        followed = SittingRow.id.in_(kept["sittings"])  # type: ignore[arg-type]
        back = update(SittingRow).where(followed, SittingRow.place_id == row.other_id)
        connection.execute(back.values(place_id=row.place_id))
        connection.execute(update(PlaceRow).where(PlaceRow.id == row.place_id).values(merged_into_id=None))
        filled = dict(kept["filled"])  # type: ignore[call-overload]
        if filled:
            connection.execute(update(PlaceRow).where(PlaceRow.id == row.other_id).values(dict.fromkeys(filled)))

    def _as_before(self, connection: Connection, officer: Officer, id: int, before: Mapping[str, object]) -> PlaceFacts:
        known = asdict(kept_place(connection, officer, self._clock(), id).facts)
        return PlaceFacts(**{**known, **before})

    def _event(self, connection: Connection, officer: Officer, id: int, event: int) -> AnyRow:
        kept_place(connection, officer, self._clock(), id, whole=False)
        of_place = (PlaceEventRow.place_id == id) | (PlaceEventRow.other_id == id)
        found = select(PlaceEventRow.__table__).where(PlaceEventRow.id == event, of_place)
        row = connection.execute(found).one_or_none()
        if row is None:
            raise NotThere("no_such_place")
        return row

    def _of_its_own(
        self, connection: Connection, officer: Officer, facts: PlaceFacts, id: int | None
    ) -> tuple[KeptPlace, ...]:
        """The other places of the area. Raises FieldRefused where one is called so, or the region is another's."""
        if not officer.territory.covers(Territory(facts.region_code)):
            raise FieldRefused("region_code", "not_your_area")
        places = tuple(
            one for one in kept_places(connection, officer, self._clock()) if one.id != id and one.merged_into is None
        )
        key = place_key(facts.name, facts.kind, facts.region_code)
        for one in places:
            if place_key(one.place.name, one.place.kind, one.region_code) == key:
                raise FieldRefused("name", "place_known", place=one.id)
        return places

    def _note(
        self,
        connection: Connection,
        what: PlaceEvent,
        id: int,
        officer: Officer,
        before: Mapping[str, object],
        *,
        other: int | None = None,
    ) -> None:
        if what in (PlaceEvent.CHANGED, PlaceEvent.MERGED):
            stir(connection, self._clock(), [officer.territory.region_code])
        values = {"place_id": id, "other_id": other, "what": what, "at": self._clock(), "account_id": officer.account}
        connection.execute(insert(PlaceEventRow).values(**values, before=json.dumps(dict(before))))


def _lock(connection: Connection) -> None:
    """One after the other: places are few, and what is alike is looked for among all of them."""
    connection.execute(select(PlaceRow.id).order_by(PlaceRow.id).with_for_update())


def _place_with(facts: PlaceFacts, id: int) -> Place:
    spot = (facts.latitude, facts.longitude)
    return Place(id, facts.name, facts.kind, facts.address, *spot, facts.opening_hours)

"""The places by name, kind and region; new facts about a place are written over the old."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from salur.core.payouts.answers import Place, PlaceKind
from salur.core.payouts.kinds import ScheduledSitting
from salur.core.payouts.sittings import PlaceRead, place_columns, place_of
from salur.core.regions.region import DISTRICT, REGENCY, VILLAGE, cut, regency_of
from salur.core.storage.database import AnyRow
from salur.core.tables.payouts import PlaceRow

AT_HOME = "Rumah penerima"
FACTS = ("address", "latitude", "longitude", "opening_hours")
SAME_SPOT = 0.002  # degrees, some 200 m: a map is not read more exactly
# How wide a region a place serves; a hall of a common name stands in many kelurahan.
SERVES = {PlaceKind.POST_OFFICE: REGENCY, PlaceKind.DISTRICT_OFFICE: DISTRICT}
Key = tuple[str, str, str]
Facts = dict[str, Any]  # by name, as columns and JSON hold them


def post_office_near(connection: Connection, region_code: str | None) -> Place | None:
    """The post office of a kelurahan, else of its kecamatan, else of its city; None where there is none, or several
    and nothing says which."""
    if region_code is None:
        return None
    city = func.substr(PlaceRow.region_code, 1, REGENCY) == regency_of(region_code)
    statement = select(PlaceRow.region_code, *place_columns(PlaceRow)).where(
        PlaceRow.kind == PlaceKind.POST_OFFICE, PlaceRow.merged_into_id.is_(None), city
    )
    offices = [(code, place_of(PlaceRead._make(told))) for code, *told in connection.execute(statement)]
    for level in (VILLAGE, DISTRICT, REGENCY):
        near = [place for code, place in offices if cut(code, level) == cut(region_code, level)]
        if near:
            return near[0] if len(near) == 1 else None
    return None


class Places:
    """The places that are known."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        rows = {row.id: row for row in connection.execute(select(PlaceRow.__table__).order_by(PlaceRow.id))}
        self._known: dict[Key, AnyRow] = {}
        standing: set[Key] = set()  # what a place is called that was not merged
        for row in rows.values():
            there = row
            while there.merged_into_id is not None:
                there = rows[there.merged_into_id]
            self._known[_numbered(row.id)] = there
            for key in {
                _key_there(row.name, row.kind, row.region_code),
                place_key(row.name, row.kind, row.region_code),
            }:
                if key not in self._known or (row.merged_into_id is None and key not in standing):
                    self._known[key] = there
                if row.merged_into_id is None:
                    standing.add(key)

    def known(self, sitting: ScheduledSitting) -> AnyRow | None:
        """The place of a sitting, if it is known; of one that was merged, the place that it is.

        One that was once written for this very kelurahan goes before one of the whole kecamatan.
        """
        there = _key_there(key_name(sitting), sitting.kind, sitting.region_code)
        found = self._known.get(there) if sitting.place_id is None else None
        return found or self._known.get(key_of(sitting))

    def number(self, sitting: ScheduledSitting) -> object:
        """What tells the place of a sitting from another, however it is written."""
        row = self.known(sitting)
        return int(row.id) if row is not None else key_of(sitting)

    def changes(self, sitting: ScheduledSitting) -> Facts:
        """What a sitting says otherwise of its place than is known; nothing of a new one."""
        row = self.known(sitting)
        if row is None:
            return {}
        return {
            name: value
            for name, value in facts_of(sitting).items()
            if value is not None and value != getattr(row, name)
        }

    def moves(self, sitting: ScheduledSitting) -> bool:
        """Whether, by this sitting, its place would lie elsewhere than is known."""
        row, changes = self.known(sitting), self.changes(sitting)
        return row is not None and lies_elsewhere({name: getattr(row, name) for name in FACTS}, changes)

    def bring_in_step(self, sitting: ScheduledSitting) -> tuple[int, bool, Facts]:
        """Add the sitting's place, or write what is new of it. Gives its number, whether it is new, and what stood
        where something was changed."""
        row, changes = self.known(sitting), self.changes(sitting)
        table, key = PlaceRow.__table__, key_of(sitting)
        if row is None:
            office = sitting.kind == PlaceKind.DISTRICT_OFFICE
            region_code = cut(sitting.region_code or "", DISTRICT) if office else sitting.region_code
            values = {"name": key_name(sitting), "kind": sitting.kind, "region_code": region_code}
            added = insert(PlaceRow).values(**values, **facts_of(sitting)).returning(table)
            self._known[key] = self._connection.execute(added).one()
            return int(self._known[key].id), True, {}
        if changes:
            written = update(PlaceRow).where(PlaceRow.id == row.id).values(changes).returning(table)
            now = self._connection.execute(written).one()
            self._known |= {one: now for one, known in self._known.items() if known.id == row.id}
        return int(row.id), False, {name: getattr(row, name) for name in changes}


def key_of(sitting: ScheduledSitting) -> Key:
    """What tells the place of one sitting from that of another, as it is written."""
    if sitting.place_id is not None:
        return _numbered(sitting.place_id)
    return place_key(key_name(sitting), sitting.kind, sitting.region_code)


def _numbered(id: int) -> Key:
    return ("", "", str(id))


def key_name(sitting: ScheduledSitting) -> str:
    """The name under which a place is kept. Schedules are public: whose home it is stays out of them."""
    return AT_HOME if sitting.kind == PlaceKind.HOME else sitting.place


def facts_of(sitting: ScheduledSitting) -> Facts:
    """What a sitting says of its place."""
    return {fact: None if sitting.kind == PlaceKind.HOME else getattr(sitting, fact) for fact in FACTS}


def lies_elsewhere(known: Facts, told: Facts) -> bool:
    """Whether an address or a spot on the map is another one; a better spelling is none."""
    if known.get("address") and told.get("address") and words_of(known["address"]) != words_of(told["address"]):
        return True
    return any(
        known.get(name) is not None and told.get(name) is not None and abs(known[name] - told[name]) > SAME_SPOT
        for name in ("latitude", "longitude")
    )


def words_of(address: str) -> list[str]:
    """An address as its words, however it is abbreviated."""
    spelt = re.sub(r"\b(?:JALAN|JLN)\b", "JL", re.sub(r"\b(?:NOMOR|NMR)\b", "NO", address.upper()))
    return re.findall(r"\w+", spelt)


def place_key(name: str, kind: str, region_code: str | None) -> Key:
    """By which a place is known: its name, kind, and the region that it serves."""
    return (_squeezed(name), kind, (region_code or "")[: SERVES.get(PlaceKind(kind), VILLAGE)])


def _key_there(name: str, kind: str, region_code: str | None) -> Key:
    return (_squeezed(name), kind, region_code or "")


def _squeezed(name: str) -> str:
    return " ".join(name.casefold().split())

"""What an office wants of a plan: whether it can be, and as a draft keeps it."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict

from sqlalchemy import Connection, select

from salur.core.errors import FieldRefused
from salur.core.officers.roles import Officer
from salur.core.payouts.places.known import Facts
from salur.core.payouts.places.queries import kept_places
from salur.core.payouts.spreading.answers import Held, Neighbourhood, WantedSitting, Wish
from salur.core.payouts.spreading.fitting import Kinds
from salur.core.regions.territory import Territory
from salur.core.regions.zones import time_zone
from salur.core.storage.database import AnyRow
from salur.core.tables.lists import ProgrammeRow


def check(connection: Connection, officer: Officer, wish: Wish, now: dt.datetime, *, past: bool = False) -> Kinds:
    """Refuse what cannot be planned; gives kind and name of its places. `past`: sittings may be over.

    Raises: FieldRefused (programme: `unknown_programme`; regions: `not_your_area`; sittings: `no_sittings`,
    `hours_unclear`, `sitting_past`, `no_such_place`, `sitting_repeated`, `no_capacity`, with the fact `sitting`).
    """
    if connection.execute(select(ProgrammeRow.code).where(ProgrammeRow.code == wish.programme)).scalar() is None:
        raise FieldRefused("programme", "unknown_programme")
    if not wish.regions or any(not officer.territory.covers(Territory(code)) for code in wish.regions):
        raise FieldRefused("regions", "not_your_area")
    if not wish.sittings:
        raise FieldRefused("sittings", "no_sittings")
    wanted = {one.place for one in wish.sittings if one.place is not None}
    known = kept_places(connection, officer, now, sorted(wanted))
    kinds = {one.id: (one.place.kind, one.place.name) for one in known if one.merged_into is None}
    said = set()
    for number, one in enumerate(wish.sittings):
        key = (one.place, one.date, one.starts, one.ends)
        code = None
        if one.starts >= one.ends:
            code = "hours_unclear"
        elif one.place is not None and one.place not in kinds:
            code = "no_such_place"
        elif key in said:
            code = "sitting_repeated"
        elif one.capacity < 1:
            code = "no_capacity"
        elif not past and ends_of(one, wish.regions[0]) < now:
            code = "sitting_past"
        if code is not None:
            raise FieldRefused("sittings", code, sitting=number)
        said.add(key)
    return kinds


def wish_of(row: AnyRow) -> Wish:
    """What an office wanted, as a draft keeps it."""
    return read_wish(json.loads(row.content)["spread"]["wish"])


def told_wish(wish: Wish) -> Facts:
    """The same as JSON can hold it."""
    told: Facts = json.loads(json.dumps(asdict(wish), default=str))
    return told


def read_wish(kept: Facts) -> Wish:
    """And back."""
    sittings = tuple(
        WantedSitting(
            **{
                **one,
                "date": dt.date.fromisoformat(one["date"]),
                "starts": dt.time.fromisoformat(one["starts"]),
                "ends": dt.time.fromisoformat(one["ends"]),
                "regions": tuple(one["regions"]),
            }
        )
        for one in kept["sittings"]
    )
    deadline = dt.date.fromisoformat(kept["deadline"]) if kept["deadline"] else None
    held = tuple(Held(Neighbourhood(*where), sitting) for where, sitting in kept["held"])
    return Wish(kept["programme"], kept["period"], tuple(kept["regions"]), sittings, deadline, held)


def ends_of(wanted: WantedSitting, region_code: str) -> dt.datetime:
    """When a sitting is over, in the zone of the place."""
    return dt.datetime.combine(wanted.date, wanted.ends, time_zone(region_code))

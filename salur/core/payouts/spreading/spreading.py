"""Payment planned family by family: who comes to which sitting and within which hour of it.

A plan is a draft of `Schedules`: publishing, questions, history and undo are those of every schedule. Beside its rows
it has an appointment for each family, bound to the plan and a slot of it. A sitting that takes the place of another
keeps plan and slot, so that whoever was placed there comes along, wherever it is moved.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import Connection, func, or_, select

from salur.core.errors import Asked, FieldRefused, Meanwhile, Refused
from salur.core.lists.kinds import ListState
from salur.core.officers.roles import Officer
from salur.core.payouts.answers import AnnouncedSitting, FileKind, FileReport, FileState, PayoutFile, Question
from salur.core.payouts.files import file_of
from salur.core.payouts.places.queries import kept_places
from salur.core.payouts.schedules import Schedules, Todo, is_within
from salur.core.payouts.spreading.answers import (
    Held,
    Left,
    Made,
    Neighbourhood,
    Pattern,
    RoundToPlan,
    Spread,
    Wish,
)
from salur.core.payouts.spreading.families import (
    Family,
    addresses_of,
    count_of,
    families_of,
    follow,
    placed_in,
    places_at,
    shares_of,
    spots_in,
    within,
    without_appointment,
)
from salur.core.payouts.spreading.fitting import Kinds, as_they_stand, at_places_now, newer_plan
from salur.core.payouts.spreading.keeping import TABLE, Ready, basis_of, plan_row, write
from salur.core.payouts.spreading.making import made
from salur.core.payouts.spreading.spread import Placed, Plan, Spreader
from salur.core.payouts.spreading.ways import Ways
from salur.core.payouts.spreading.wishes import check, ends_of, wish_of
from salur.core.payouts.timetable import TOLD, joined
from salur.core.people.sealed import open_address
from salur.core.people.walking import along
from salur.core.regions.directory import region_names
from salur.core.regions.region import LEVELS
from salur.core.storage.database import AnyRow, Database
from salur.core.storage.vault import Vault
from salur.core.tables.lists import ListRow, ProgrammeRow
from salur.core.tables.payouts import AppointmentRow, PayoutFileRow, SittingRow

AT_A_GLANCE = 20_000  # families that are spread while somebody waits; more are a job
Then = Callable[[Connection, int], None]


class Spreading:
    """Plans within an officer's area; what lies outside is not there."""

    def __init__(
        self, database: Database, vault: Vault, clock: Callable[[], dt.datetime], schedules: Schedules
    ) -> None:
        self._database = database
        self._vault = vault
        self._clock = clock
        self._schedules = schedules

    def rounds(self, officer: Officer) -> tuple[RoundToPlan, ...]:
        """The rounds with lists in force that reach into the officer's area, the newest period first."""
        own = officer.territory.region_code
        around = {own[:length] for length in LEVELS if length <= len(own)}
        statement = (
            select(ListRow.programme_code, ProgrammeRow.name, ListRow.period, func.sum(ListRow.people))
            .join(ProgrammeRow, ProgrammeRow.code == ListRow.programme_code)
            .where(ListRow.state == ListState.PUBLISHED, or_(within(ListRow.area, [own]), ListRow.area.in_(around)))
            .group_by(ListRow.programme_code, ProgrammeRow.name, ListRow.period)
            .order_by(ListRow.period.desc(), ListRow.programme_code)
        )
        with self._database.reading() as connection:
            return tuple(RoundToPlan(*row[:3], int(row[3] or 0)) for row in connection.execute(statement))

    def plans(self, officer: Officer) -> tuple[PayoutFile, ...]:
        """The plans of the officer's area, the newest first."""
        placed = select(AppointmentRow.file_id).where(AppointmentRow.file_id == PayoutFileRow.id)
        statement = select(TABLE).where(PayoutFileRow.kind == FileKind.SCHEDULE, placed.exists())
        with self._database.reading() as connection:
            rows = connection.execute(statement.order_by(PayoutFileRow.id.desc())).all()
        return tuple(file_of(row) for row in rows if is_within(row, officer.territory))

    def count(self, officer: Officer, wish: Wish) -> int:
        """How many families a plan would be about. Raises: as `propose`."""
        with self._database.reading() as connection:
            check(connection, officer, wish, self._clock())
            return count_of(connection, wish.programme, wish.period, wish.regions)

    def make(self, officer: Officer, pattern: Pattern) -> Made:
        """The sittings of a pattern, to be looked through. Raises: as `made`."""
        with self._database.reading() as connection:
            wanted = [place for place in pattern.places if place is not None]
            return made(pattern, kept_places(connection, officer, self._clock(), wanted))

    def propose(self, officer: Officer, wish: Wish, *, instead: int | None = None, then: Then | None = None) -> int:
        """Spread the families of a round over the wanted sittings; gives the draft's number, which no resident sees.

        `instead`: an earlier draft of it. `then` is done with that number in the transaction that writes it. 200,000
        families take some seconds.

        Raises: FieldRefused (programme: `unknown_programme`; regions: `not_your_area`; sittings: `no_sittings`,
        `hours_unclear`, `sitting_past`, `no_such_place`, `sitting_repeated`, `no_capacity`); Refused(`nobody_to_plan`;
        `sitting_full`, facts: sitting, families, room); Meanwhile.
        """
        with self._database.reading() as connection:
            kinds = check(connection, officer, wish, self._clock())
            ready, spreader = self._ready(connection, officer, wish, kinds)
        return self._write(ready, spreader.spread(ready.families, wish.held), instead, then)

    def put(self, officer: Officer, id: int, where: Neighbourhood, sitting: int) -> int:
        """Let an RW or RT of a draft come to another of its sittings; everybody else keeps place and hour.

        Gives the number of the draft that takes the place of this one.
        Raises: NotThere; FieldRefused(sitting: `no_such_sitting`); Refused(`nobody_there`, `sitting_full`); Meanwhile.
        """
        with self._database.reading() as connection:
            row = plan_row(connection, officer, id, FileState.DRAFT)
            wish = at_places_now(connection, wish_of(row))
            if not 0 <= sitting < len(wish.sittings):
                raise FieldRefused("sitting", "no_such_sitting")
            held = (*(one for one in wish.held if one.where != where), Held(where, sitting))
            wish = replace(wish, held=held)
            kinds = check(connection, officer, wish, self._clock())
            ready, spreader = self._ready(connection, officer, wish, kinds)
            kept = placed_in(connection, id)
        at_home = wish.sittings[sitting].place is None
        going = {
            family.person for family in ready.families
            if _lives_in(family, where) and spreader.is_visited(family) == at_home
        }  # fmt: skip
        if not going:
            raise Refused("nobody_there")
        stay = {person: seat for person, seat in kept.items() if person not in going}
        return self._write(ready, spreader.spread(ready.families, wish.held, stay), id)

    def revise(self, officer: Officer, id: int) -> int:
        """Begin a new draft from a published plan: who has a sitting to come keeps it and the hour, as it stands now;
        who has none, being newly listed or of a sitting that was cancelled, is spread over the room left.

        Raises: NotThere; Refused(`nobody_to_plan`; `plan_newer`, facts: plan); Meanwhile.
        """
        now = self._clock()
        with self._database.reading() as connection:
            row = plan_row(connection, officer, id, FileState.PUBLISHED)
            before = wish_of(row)
            if (newer := newer_plan(connection, before, id)) is not None:
                raise Refused("plan_newer", plan=newer)
            wish, moved = as_they_stand(connection, before, id)
            kinds = check(connection, officer, wish, now, past=True)
            ready, spreader = self._ready(connection, officer, wish, kinds)
            placed = placed_in(connection, id)
        kept: Placed = {}
        over = set()
        for family in ready.families:
            slot, turn = placed.get(family.person, (None, None))
            if slot is None or turn is None or (to := moved.slot(slot, family.where)) is None:
                continue
            wanted = wish.sittings[to]
            if ends_of(wanted, family.where.region_code) < now:
                over.add(family.person)
            else:
                scaled = turn.window * wanted.windows // before.sittings[slot].windows
                kept[family.person] = (to, turn._replace(window=scaled))
        called_off = {moved.numbers[slot] for slot, _ in placed.values()} - set(moved.areas.values())
        for number, wanted in enumerate(wish.sittings):
            if number in called_off or ends_of(wanted, wish.regions[0]) < now:
                spreader.close(number)
        return self._write(ready, spreader.spread(ready.families, wish.held, kept, over))

    def look(self, officer: Officer, id: int) -> Spread:
        """A plan. Raises NotThere(`no_such_file`)."""
        with self._database.reading() as connection:
            row = plan_row(connection, officer, id)
            wish, content = wish_of(row), json.loads(row.content)["spread"]
            shares, stands = shares_of(connection, id), list[AnnouncedSitting]()
            if row.state == FileState.PUBLISHED:
                wish, moved = as_they_stand(connection, wish, id)
                shares = tuple(moved.follow(share) for share in shares)
                stands = joined(connection.execute(TOLD.where(SittingRow.plan_id == id)))
            left: dict[Left, dict[Neighbourhood, int]] = {}
            for why, code, rw, rt, count in content["left"]:
                left.setdefault(Left(why), {})[Neighbourhood(code, rw, rt)] = count
            spread = Spread(
                id=id,
                state=FileState(row.state),
                wish=wish,
                listed=content["listed"],
                shares=shares,
                left=left,
                names=region_names(connection, {*wish.regions, *(share.where.region_code for share in shares)}),
                made_at=row.imported_at,
                published_at=row.published_at,
                stands=tuple(stands),
            )
            ways = self._ways(connection, wish)
            walked = [
                (way, share.families) for share in shares
                if (place := wish.sittings[share.sitting].place) is not None
                and (way := ways.known(share.where, place)) is not None
            ]  # fmt: skip
            known = sum(families for _, families in walked)
            walk = sum(way * families for way, families in walked) / known if known else None
            spread = replace(spread, walk=walk, walks_known=known)
            return self._with_questions(connection, row, spread) if row.state == FileState.DRAFT else spread

    def publish(self, officer: Officer, id: int, seen: str, *, agreed: bool) -> PayoutFile:
        """Let residents see it. `seen`: the digest of what was shown. Raises: as `Schedules.publish`."""
        with self._database.reading() as connection:
            row = plan_row(connection, officer, id, FileState.DRAFT)
            todo, asked, digest = self._asked(connection, row)
        if digest != seen:
            raise Meanwhile()
        if asked and not agreed:
            file = file_of(row)
            raise Asked(FileReport(file.rows, file.counts, file.not_used, asked))
        return self._schedules.publish(id, agreed=True, seen=todo.digest, officer=officer)

    @staticmethod
    def when_in_force(connection: Connection, list_id: int) -> None:
        """A list came into force: whom it writes otherwise keeps day and hour."""
        follow(connection, list_id)

    def _with_questions(self, connection: Connection, row: AnyRow, spread: Spread) -> Spread:
        """What is asked before it is published, and what publishing does."""
        try:
            todo, asked, digest = self._asked(connection, row)
        except Meanwhile:
            return replace(spread, stale=True)
        does = Counter(step.does for step in todo.steps)
        does["cancelled"] = len(todo.cancels)
        return replace(spread, asked=asked, digest=digest, does=does)

    def _asked(self, connection: Connection, row: AnyRow) -> tuple[Todo, tuple[Question, ...], str]:
        """What publishing a draft would do, what is asked before, and the digest of both. Raises Meanwhile."""
        todo, wish = self._schedules.todo(connection, row), wish_of(row)
        today = without_appointment(connection, row.id, wish.programme, wish.period, wish.regions)
        asked = [*todo.new, *([Question("", "families_without_sitting", str(today))] if today else [])]
        digest = hashlib.blake2b(f"{todo.digest}:{today}".encode(), digest_size=16).hexdigest()
        return todo, tuple(asked), digest

    def _ready(self, connection: Connection, officer: Officer, wish: Wish, kinds: Kinds) -> tuple[Ready, Spreader]:
        """The families, and what spreads them."""
        families = families_of(connection, wish.programme, wish.period, wish.regions)
        if not families:
            raise Refused("nobody_to_plan")
        visited = [family.person for family in families if family.care]
        at_home = any(one.place is None for one in wish.sittings)
        walking = {
            person: along(open_address(self._vault, sealed, person) or "")
            for person, sealed in (addresses_of(connection, visited) if at_home else {}).items()
        }
        ready = Ready(officer, wish, kinds, families, basis_of(connection, wish))
        return ready, Spreader(wish.sittings, self._ways(connection, wish).cost, walking)

    def _write(self, of: Ready, plan: Plan, instead: int | None = None, then: Then | None = None) -> int:
        with self._database.writing() as connection:
            id = write(connection, self._schedules, of, plan, self._clock(), instead)
            if then is not None:
                then(connection, id)
            return id

    @staticmethod
    def _ways(connection: Connection, wish: Wish) -> Ways:
        wanted = {one.place for one in wish.sittings if one.place is not None}
        return Ways(spots_in(connection, wish.regions), places_at(connection, wanted))


def _lives_in(family: Family, where: Neighbourhood) -> bool:
    return (family.where if where.rt is not None else family.where._replace(rt=None)) == where

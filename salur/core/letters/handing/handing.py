"""Letters are handed over: which wait in an officer's area, and who says of which that its payee has it.

A letter passes kelurahan, RW and RT, and any of them may say so for those of their own area; nobody for one that is
good no longer. It can be taken back for a few minutes, by who said it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime

from sqlalchemy import Connection, func, select, update

from salur.core.errors import NotThere, Refused
from salur.core.letters.handing.answers import LettersOfArea, OnItsWay, PartOfArea
from salur.core.letters.handing.kinds import HANDERS, TAKEN_BACK_WITHIN, HandingState
from salur.core.letters.handing.queries import STANDS, LetterRead, counts_in, letters_of, locked, waiting_by_rt
from salur.core.letters.issuing.numbers import written
from salur.core.limits.kinds import Door
from salur.core.neighbourhood.answers import must_choose
from salur.core.neighbourhood.areas import name_of
from salur.core.officers.roles import Officer
from salur.core.officers.scope import Scope
from salur.core.pages import Page
from salur.core.payouts.answers import PlaceKind, Window
from salur.core.people.letter_codes import LetterState
from salur.core.people.sealed import open_address, open_name
from salur.core.people.walking import walking_order
from salur.core.privacy.access_log import AccessLog
from salur.core.record.kinds import RecordKind
from salur.core.record.note import note
from salur.core.regions.region import VILLAGE
from salur.core.regions.territory import Territory
from salur.core.regions.zones import time_zone
from salur.core.storage.database import Database
from salur.core.storage.vault import Vault
from salur.core.tables.letters import LetterRow

ON_A_PAGE = 50
AT_ONCE = 500  # ids in one statement


class Handing:
    """Answers heads, kelurahan and whoever looks on."""

    def __init__(self, database: Database, vault: Vault, access: AccessLog, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._vault = vault
        self._access = access
        self._clock = clock

    def letters(
        self,
        officer: Officer,
        area: Territory | None = None,
        state: HandingState = HandingState.WAITING,
        page: int = 1,
        *,
        door: Door,
        size: int = ON_A_PAGE,
    ) -> LettersOfArea:
        """A page of the letters of an area, all of the officer's where none is named. The look is recorded.

        Raises: Refused(`kelurahan_missing`) where one has to be chosen first; NotThere(`no_such_area`).
        """
        area, now = _within(officer, area), self._clock()
        scope, own = Scope.of(officer, area), Scope.of(officer, _whole(officer, area))
        with self._database.reading() as connection:
            place = name_of(connection, area)
            if place is None:
                raise NotThere("no_such_area")
            rows = [LetterRead._make(row) for row in connection.execute(letters_of(scope, now).where(STANDS[state]))]
            counts, parts = counts_in(connection, scope, now), waiting_by_rt(connection, own, now)
        shown = Page.cut(page, self._sorted(rows, state), size)
        with self._database.writing() as connection:
            self._access.record(connection, [row.person for row in shown], officer, door=door, what="list")
        return LettersOfArea(
            letters=shown.map(lambda row: self._opened(row, officer, now)),
            state=state,
            counts=counts,
            area=area,
            place=place,
            parts=tuple(
                PartOfArea(Territory(area.region_code, rw, rt), waiting)
                for rw, rt, waiting in sorted(parts, key=lambda part: (part[0] or 0, part[1] or 0))
                if rw is not None and rt is not None
            ),
            may=officer.role in HANDERS,
        )

    def last_handed(self, officer: Officer, *, door: Door) -> OnItsWay | None:
        """What this officer said last, as long as they may take it back; the look is recorded."""
        now, mine = self._clock(), LetterRow.handed_by == officer.account
        lately = letters_of(Scope.of(officer), now).where(mine, LetterRow.handed_at >= now - TAKEN_BACK_WITHIN)
        with self._database.writing() as connection:
            row = connection.execute(lately.order_by(LetterRow.handed_at.desc(), LetterRow.number.desc())).first()
            if row is None:
                return None
            self._access.record(connection, [row.person], officer, door=door, what="list")
        return self._opened(LetterRead._make(row), officer, now)

    def count_waiting(self, officer: Officer) -> int:
        """How many letters wait for this officer to hand them over; none for who hands over nothing."""
        if officer.role not in HANDERS:
            return 0
        with self._database.reading() as connection:
            return counts_in(connection, Scope.of(officer), self._clock()).waiting

    def hand_over(self, officer: Officer, letters: Collection[int], *, door: Door) -> int:
        """Say of these letters (ids) that their payees have them; gives of how many that was news.

        Raises: Refused with `not_your_role`, or `letter_not_good` where one was replaced or withdrawn meanwhile;
        NotThere(`no_such_letter_here`), also for one of another area. Then of none of them it is said.
        """
        _check(officer)
        with self._database.writing() as connection:
            return self._hand_over(connection, officer, letters, door)

    def hand_over_all(self, officer: Officer, area: Territory, expected: int, *, door: Door) -> int:
        """Say so of all that wait in an area, as many as the officer was shown.

        Raises: Refused(`letters_changed`, facts: waiting) where it is another number now; else as `hand_over`.
        """
        _check(officer)
        area = _within(officer, area)
        with self._database.writing() as connection:
            waiting = letters_of(Scope.of(officer, area), self._clock()).where(STANDS[HandingState.WAITING])
            letters = [row.id for row in connection.execute(waiting)]
            if len(letters) != expected:
                raise Refused("letters_changed", waiting=len(letters))
            return self._hand_over(connection, officer, letters, door)

    def take_back(self, officer: Officer, letter: int | None = None, *, door: Door) -> int:
        """Take back what one said of a letter, or of all at once that one said it of last; gives of how many.

        Raises: Refused with `not_your_role`, or `too_late_to_take_back`, also for what another said; NotThere as
        `hand_over`.
        """
        _check(officer)
        now = self._clock()
        with self._database.writing() as connection:
            said_lately = (LetterRow.handed_by == officer.account) & (LetterRow.handed_at >= now - TAKEN_BACK_WITHIN)
            if letter is not None:
                letters: Collection[int] = [letter]
            else:
                last = connection.execute(select(func.max(LetterRow.handed_at)).where(said_lately)).scalar()
                together = select(LetterRow.id).where(said_lately, LetterRow.handed_at == last)
                letters = list(connection.execute(together).scalars())
            found = self._found(connection, officer, letters)
            if not found or not all(_may_take_back(row, officer, now) for row in found):
                raise Refused("too_late_to_take_back")
            self._write(connection, [row.id for row in found], None, None)
            self._told(connection, officer, found, door, "not_handed")
        return len(found)

    def _hand_over(self, connection: Connection, officer: Officer, letters: Collection[int], door: Door) -> int:
        found = self._found(connection, officer, letters)
        if any(row.state != LetterState.GENUINE for row in found):
            raise Refused("letter_not_good")
        new = [row for row in found if row.handed_at is None]
        self._write(connection, [row.id for row in new], self._clock(), officer.account)
        self._told(connection, officer, new, door, "handed")
        return len(new)

    def _found(self, connection: Connection, officer: Officer, letters: Collection[int]) -> list[LetterRead]:
        wanted, scope, now = sorted(set(letters)), Scope.of(officer), self._clock()
        parts = (wanted[start : start + AT_ONCE] for start in range(0, len(wanted), AT_ONCE))
        found = [row for part in parts for row in locked(connection, scope, part, now)]
        if len(found) != len(wanted):
            raise NotThere("no_such_letter_here")
        return found

    @staticmethod
    def _write(connection: Connection, letters: Collection[int], at: datetime | None, by: int | None) -> None:
        wanted = list(letters)
        for start in range(0, len(wanted), AT_ONCE):
            these = update(LetterRow).where(LetterRow.id.in_(wanted[start : start + AT_ONCE]))
            connection.execute(these.values(handed_at=at, handed_by=by))

    def _told(
        self, connection: Connection, officer: Officer, rows: Collection[LetterRead], door: Door, what: str
    ) -> None:
        """Each payee may see it in their record, and who stands above in theirs, RT by RT."""
        self._access.record(connection, [row.person for row in rows], officer, door=door, what=what)
        for place in sorted({(row.region_code, row.rw, row.rt) for row in rows}, key=str):
            count = sum((row.region_code, row.rw, row.rt) == place for row in rows)
            where = Territory(*place)
            note(connection, officer, RecordKind.LETTERS, what, self._clock(), territory=where, letters=count)

    def _sorted(self, rows: list[LetterRead], state: HandingState) -> list[LetterRead]:
        if state is HandingState.HANDED:
            return sorted(rows, key=lambda row: (row.handed_at, row.number), reverse=True)

        def order(row: LetterRead) -> object:
            address = open_address(self._vault, row.sealed_address, row.person)
            name = open_name(self._vault, row.sealed_names, row.person)
            return (walking_order(row.region_code, row.rw, row.rt, address, name), row.number)

        return sorted(rows, key=order)  # type: ignore[arg-type]

    def _opened(self, row: LetterRead, officer: Officer, now: datetime) -> OnItsWay:
        zone = time_zone(row.region_code)
        comes = None
        if row.comes_at is not None and row.comes_until is not None:
            comes = Window(row.comes_at.astimezone(zone), row.comes_until.astimezone(zone))
        return OnItsWay(
            id=row.id,
            number=written(row.region_code, row.number),
            name=open_name(self._vault, row.sealed_names, row.person),
            rw=row.rw,
            rt=row.rt,
            programme=row.programme,
            period=row.period,
            comes=comes,
            home=row.place_kind == PlaceKind.HOME,
            handed_at=row.handed_at.astimezone(zone) if row.handed_at is not None else None,
            may_take_back=_may_take_back(row, officer, now),
        )


def _check(officer: Officer) -> None:
    if officer.role not in HANDERS:
        raise Refused("not_your_role", role=officer.role)


def _may_take_back(row: LetterRead, officer: Officer, now: datetime) -> bool:
    said = row.handed_at is not None and row.handed_by == officer.account
    return said and row.handed_at is not None and row.handed_at >= now - TAKEN_BACK_WITHIN


def _within(officer: Officer, area: Territory | None) -> Territory:
    """The area that is asked for, of one kelurahan: names are sealed, so no more are sorted at once."""
    if area is None:
        if must_choose(officer):
            raise Refused("kelurahan_missing")
        return officer.territory
    if len(area.region_code) != VILLAGE or not officer.territory.covers(area):
        raise NotThere("no_such_area")
    return area


def _whole(officer: Officer, area: Territory) -> Territory:
    """All of the area's kelurahan that is the officer's."""
    return Territory(area.region_code, officer.territory.rw, officer.territory.rt)

"""Circulars (surat edaran berjenjang): read and passed on level by level, and who has not; read by everybody if public.

Whom a circular is for is computed at each asking (`audience`); what each account said of it is one row.
Writing and sending are in `writing`.
"""

from __future__ import annotations

from functools import partial

from sqlalchemy import func, select, text, update

from salur.core.circulars import reminders
from salur.core.circulars.answers import Circular, CircularInbox, ReceivedCircular, Standing, Tree
from salur.core.circulars.audience import CIRCULAR, RECEIPT
from salur.core.circulars.queries import (
    FOUND,
    PUBLIC,
    areas_of,
    circular_of,
    is_waiting,
    number_and_pdf,
    of_officer,
    read_one,
    read_page,
    received_of,
    waiting_first,
)
from salur.core.circulars.tree import tree_of
from salur.core.circulars.writing import CircularDesk
from salur.core.officers.roles import Officer
from salur.core.pages import Page
from salur.core.regions.territory import Territory
from salur.core.tables.circulars import CircularReceiptRow, CircularRow

PAGE = 20
# The row may be there already: one is written when Telegram tells of a circular.
_ENSURE = text(
    "INSERT INTO circular_receipt (circular_id, account_id, reminders) VALUES (:circular, :account, 0)"
    " ON CONFLICT (circular_id, account_id) DO NOTHING"
)


class Circulars(CircularDesk):
    """Shows circulars, takes acknowledgements, counts and reminds."""

    def count_waiting(self, officer: Officer) -> int:
        """How many the officer is asked for and has not read."""
        seen = of_officer(officer).where(is_waiting(officer)).with_only_columns(func.count())
        with self._database.reading() as connection:
            return int(connection.execute(seen).scalar_one())

    def inbox(self, officer: Officer, page: int = 1, *, only_waiting: bool = False) -> CircularInbox:
        """What came to an officer, what waits for them first. For Dinsos: what its city sent."""
        seen = of_officer(officer)
        if only_waiting:
            seen = seen.where(is_waiting(officer))
        with self._database.reading() as connection:
            counted = seen.with_only_columns(func.count(), func.count().filter(is_waiting(officer)))
            total, waiting = connection.execute(counted).one()
            wanted = seen.order_by(*waiting_first(officer))
            found = Page.read(page, total, PAGE, partial(read_page, connection, wanted))
        now = self._clock()
        return CircularInbox(found.map(lambda one: received_of(one, officer, now)), waiting)

    def show(self, officer: Officer, id: int) -> ReceivedCircular | None:
        """One circular; None where they may not see it. Looking is not yet reading: that they say themselves."""
        with self._database.reading() as connection:
            found = read_one(connection, of_officer(officer).where(CIRCULAR.id == id))
            return received_of(found, officer, self._clock(), areas_of(connection, id)) if found is not None else None

    def pdf(self, officer: Officer, id: int) -> tuple[str, bytes] | None:
        """The number and the PDF of a circular that they may see."""
        seen = of_officer(officer).with_only_columns(CIRCULAR.id)
        with self._database.reading() as connection:
            return number_and_pdf(connection, CIRCULAR.id.in_(seen) & (CIRCULAR.id == id))

    def acknowledge(self, officer: Officer, id: int, what: str) -> ReceivedCircular | None:
        """Say that one has `read` it, or `passed_on` it (and so read it); the first time counts.

        None where it is not theirs to see. It stays said, because the level above may have seen it. Who is not asked
        changes nothing, nor does anybody once it is withdrawn.
        """
        received = self.show(officer, id)
        if received is None or received.standing is Standing.NOT_ASKED or received.circular.withdrawn_at is not None:
            return received
        now = self._clock()
        values: dict[str, object] = {"read_at": func.coalesce(RECEIPT.read_at, now)}
        if Standing(what) is Standing.PASSED_ON:
            values["passed_on_at"] = func.coalesce(RECEIPT.passed_on_at, now)
        with self._database.writing() as connection:
            connection.execute(_ENSURE, {"circular": id, "account": officer.account})
            own = (RECEIPT.circular_id == id) & (RECEIPT.account_id == officer.account)
            connection.execute(update(CircularReceiptRow).where(own).values(values))
        return self.show(officer, id)

    def tree(self, officer: Officer, id: int, within: str | None = None) -> Tree | None:
        """Who below an officer has read it and who has not; `within` one region only. None: not theirs to see."""
        place = Territory(within) if within is not None else None
        if place is not None and not officer.territory.covers(place):
            return None
        with self._database.reading() as connection:
            found = read_one(connection, of_officer(officer).where(CIRCULAR.id == id))
            return tree_of(connection, officer, id, found.levels, place) if found is not None else None

    def public(self, page: int = 1) -> Page[Circular]:
        """Those for everybody, the newest first."""
        newest = select(*FOUND).where(PUBLIC).order_by(CIRCULAR.sent_at.desc(), CIRCULAR.id.desc())
        with self._database.reading() as connection:
            total = connection.execute(select(func.count()).select_from(CircularRow).where(PUBLIC)).scalar_one()
            return Page.read(page, total, PAGE, partial(read_page, connection, newest)).map(circular_of)

    def public_one(self, id: int) -> Circular | None:
        """One for everybody; None for any other, sent or not."""
        with self._database.reading() as connection:
            found = read_one(connection, select(*FOUND).where(PUBLIC, CIRCULAR.id == id))
        return circular_of(found) if found is not None else None

    def public_pdf(self, id: int) -> tuple[str, bytes] | None:
        """The number and the PDF of one for everybody."""
        with self._database.reading() as connection:
            return number_and_pdf(connection, PUBLIC & (CIRCULAR.id == id))

    def remind(self) -> int:
        """Queue a reminder for each linked account that has not read a circular two days on; gives how many.

        At most three, two days apart. It is called again and again: while nothing is due that costs one look.
        """
        now = self._clock()
        with self._database.reading() as connection:
            if not reminders.any_of_age(connection, now):
                return 0
        with self._database.writing() as connection:
            return reminders.remind(connection, self._notices, now)

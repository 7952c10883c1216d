"""Circulars (surat edaran berjenjang): read and passed on level by level, and who has not; read by everybody if public.

Whom a circular is for is computed at each asking (`circular_audience`); what each account said of it is one row.
Writing and sending are in `circular_desk`.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select, text, update

from salur.core import circular_reminders
from salur.core.circular_audience import CIRCULAR, RECEIPT, levels_of
from salur.core.circular_desk import CircularDesk
from salur.core.circular_rows import (
    PUBLIC,
    areas_of,
    circular_of,
    is_waiting,
    letter_of,
    number_and_pdf,
    of_officer,
    waiting_first,
)
from salur.core.circular_tree import tree_of
from salur.core.circular_views import Circular, CircularPage, Letter, Standing, Tree
from salur.core.roles import Officer, Territory
from salur.core.tables import CircularReceiptRow, CircularRow

PAGE = 20
# The row may be there already: one is written when Telegram tells of a circular.
_ENSURE = text(
    "INSERT INTO circular_receipt (circular_id, account_id, reminders) VALUES (:circular, :account, 0)"
    " ON CONFLICT (circular_id, account_id) DO NOTHING"
)


class Circulars(CircularDesk):
    """Shows circulars, takes acknowledgements, counts and reminds."""

    def inbox(self, officer: Officer, page: int = 1) -> CircularPage[Letter]:
        """What came to him, what waits for him first. For Dinsos: what its city sent."""
        seen = of_officer(officer)
        with self._database.reading() as connection:
            counted = seen.with_only_columns(func.count(), func.count().filter(is_waiting(officer)))
            total, waiting = connection.execute(counted).one()
            page, pages = _within(page, total)
            wanted = seen.order_by(*waiting_first(officer)).limit(PAGE).offset((page - 1) * PAGE)
            rows = connection.execute(wanted).all()
        now = self._clock()
        return CircularPage(tuple(letter_of(row, officer, now) for row in rows), page, pages, waiting)

    def show(self, officer: Officer, id: int) -> Letter | None:
        """One circular; None where he may not see it. Looking is not yet reading: that he says himself."""
        with self._database.reading() as connection:
            row = connection.execute(of_officer(officer).where(CIRCULAR.id == id)).one_or_none()
            return letter_of(row, officer, self._clock(), areas_of(connection, id)) if row is not None else None

    def pdf(self, officer: Officer, id: int) -> tuple[str, bytes] | None:
        """The number and the PDF of a circular that he may see."""
        seen = of_officer(officer).with_only_columns(CIRCULAR.id)
        with self._database.reading() as connection:
            return number_and_pdf(connection, CIRCULAR.id.in_(seen) & (CIRCULAR.id == id))

    def acknowledge(self, officer: Officer, id: int, what: str) -> Letter | None:
        """Say that he has `read` it, or `passed_on` it (and so read it); the first time counts. None: not his to see.

        It stays said, because the level above may have seen it. Who is not asked changes nothing, nor does anybody
        once it is withdrawn.
        """
        letter = self.show(officer, id)
        if letter is None or letter.standing is Standing.NOT_ASKED or letter.circular.withdrawn_at is not None:
            return letter
        now = self._clock()
        values: dict[str, Any] = {"read_at": func.coalesce(RECEIPT.read_at, now)}
        if Standing(what) is Standing.PASSED_ON:
            values["passed_on_at"] = func.coalesce(RECEIPT.passed_on_at, now)
        with self._database.writing() as connection:
            connection.execute(_ENSURE, {"circular": id, "account": officer.account})
            own = (RECEIPT.circular_id == id) & (RECEIPT.account_id == officer.account)
            connection.execute(update(CircularReceiptRow).where(own).values(values))
        return self.show(officer, id)

    def tree(self, officer: Officer, id: int, within: str | None = None) -> Tree | None:
        """Who below him has read it and who has not; `within` one region of his only. None: not his to see."""
        place = Territory(within) if within is not None else None
        if place is not None and not officer.territory.covers(place):
            return None
        with self._database.reading() as connection:
            row = connection.execute(of_officer(officer).where(CIRCULAR.id == id)).one_or_none()
            return tree_of(connection, officer, id, levels_of(row), place) if row is not None else None

    def public(self, page: int = 1) -> CircularPage[Circular]:
        """Those for everybody, the newest first."""
        newest = select(CircularRow.__table__).where(PUBLIC).order_by(CIRCULAR.sent_at.desc(), CIRCULAR.id.desc())
        with self._database.reading() as connection:
            total = connection.execute(select(func.count()).select_from(CircularRow).where(PUBLIC)).scalar_one()
            page, pages = _within(page, total)
            rows = connection.execute(newest.limit(PAGE).offset((page - 1) * PAGE)).all()
        return CircularPage(tuple(circular_of(row) for row in rows), page, pages)

    def public_one(self, id: int) -> Circular | None:
        """One for everybody; None for any other, sent or not."""
        with self._database.reading() as connection:
            row = connection.execute(select(CircularRow.__table__).where(PUBLIC, CIRCULAR.id == id)).one_or_none()
        return circular_of(row) if row is not None else None

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
            if not circular_reminders.any_of_age(connection, now):
                return 0
        with self._database.writing() as connection:
            return circular_reminders.remind(connection, self._notices, now)


def _within(page: int, total: int) -> tuple[int, int]:
    """The page that is there, and how many there are."""
    pages = max(1, -(-total // PAGE))
    return min(max(page, 1), pages), pages

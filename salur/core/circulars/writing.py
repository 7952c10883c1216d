"""The desk at Dinas Sosial: a circular is written, looked at, sent, and perhaps taken back. Never edited."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, or_, select, update

from salur.core.circulars.answers import (
    LONGEST_TEXT,
    AreaChoice,
    CircularDraft,
    Reach,
    ReceivedCircular,
    number_key,
)
from salur.core.circulars.audience import CIRCULAR, RECEIPT, is_asked, levels_text
from salur.core.circulars.pdf import check_pdf
from salur.core.circulars.queries import (
    FOUND,
    area_choices,
    areas_of,
    check_areas,
    facts_of,
    number_and_pdf,
    read_all,
    read_one,
    received_of,
)
from salur.core.errors import FieldRefused, Refused
from salur.core.notices.outbox import Notices
from salur.core.officers.roles import Officer, Role
from salur.core.officers.scope import Scope
from salur.core.storage.database import Database
from salur.core.storage.statements import AnySelect
from salur.core.tables.circulars import CircularAreaRow, CircularPdfRow, CircularReceiptRow, CircularRow
from salur.core.tables.officers import ChatLinkRow

DRAFTS_KEPT = timedelta(days=7)


class CircularDesk:
    """What Dinsos does; nobody else gets anything here."""

    def __init__(self, database: Database, notices: Notices, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._notices = notices
        self._clock = clock

    def areas(self, officer: Officer) -> tuple[AreaChoice, ...]:
        """The kecamatan and kelurahan that they may choose from."""
        with self._database.reading() as connection:
            return area_choices(connection, officer.territory.region_code)

    def write(self, officer: Officer, draft: CircularDraft, pdf: bytes | None = None) -> int:
        """Send a circular at once and give its id. Raises: as `prepare`."""
        _check(officer, draft, pdf, has_pdf=pdf is not None)
        with self._database.writing() as connection:
            id = self._insert(connection, officer, draft, pdf)
            self._tell(connection, officer, id)
        return id

    def prepare(
        self, officer: Officer, draft: CircularDraft, pdf: bytes | None = None, *, instead_of: int | None = None
    ) -> int:
        """Keep a circular as a draft, to be looked at before it is sent; `instead_of` an earlier draft of theirs.

        Without a new PDF the earlier draft's is kept.

        Raises: UnfitPdf, or Refused with `not_for_this_role`, `no_level`, `no_area`, `no_such_area`,
        `circular_too_long` or `nothing_to_read`.
        """
        earlier = None
        if pdf is None and instead_of is not None:
            with self._database.reading() as connection:
                found = number_and_pdf(connection, _is_draft_of(officer) & (CIRCULAR.id == instead_of))
            earlier = found[1] if found is not None else None
        _check(officer, draft, pdf, has_pdf=pdf is not None or earlier is not None)
        with self._database.writing() as connection:
            id = self._insert(connection, officer, draft, pdf or earlier)
            stale = or_(CIRCULAR.id == instead_of, CIRCULAR.written_at < self._clock() - DRAFTS_KEPT)
            connection.execute(delete(CircularRow).where(_is_draft_of(officer), stale, CIRCULAR.id != id))
        return id

    def draft(self, officer: Officer, id: int) -> tuple[CircularDraft, ReceivedCircular, Reach] | None:
        """A draft of one's own: as it was written, as it will look, and whom it would reach now."""
        with self._database.reading() as connection:
            found = read_one(connection, select(*FOUND).where(_is_draft_of(officer), CIRCULAR.id == id))
            if found is None:
                return None
            areas = areas_of(connection, id)
            asked = _asked(connection, officer, id).subquery()
            chats = select(func.count()).select_from(ChatLinkRow).where(ChatLinkRow.account_id.in_(select(asked.c.id)))
            offices = select(asked.c.role, asked.c.region_code, asked.c.rw, asked.c.rt).distinct().subquery()
            counted = select(func.count(), chats.scalar_subquery()).select_from(offices)
            reach = Reach(*connection.execute(counted).one())
        written = CircularDraft(
            number=found.number,
            issued_on=found.issued_on,
            issuer=found.issuer,
            title=found.title,
            text=found.text,
            public=found.public,
            levels=found.levels,
            areas=tuple(code for code, _ in areas),
        )
        return written, received_of(found, officer, self._clock(), areas), reach

    def draft_pdf(self, officer: Officer, id: int) -> tuple[str, bytes] | None:
        """The number and the PDF of a draft of one's own."""
        with self._database.reading() as connection:
            return number_and_pdf(connection, _is_draft_of(officer) & (CIRCULAR.id == id))

    def send(self, officer: Officer, id: int) -> bool:
        """Send a draft of one's own; False when there is none: it was sent already, or is somebody else's."""
        mine = and_(_is_draft_of(officer), CIRCULAR.id == id)
        with self._database.writing() as connection:
            if connection.execute(select(CIRCULAR.id).where(mine).with_for_update()).first() is None:
                return False
            self._tell(connection, officer, id)
        return True

    def withdraw(self, officer: Officer, id: int) -> bool:
        """Take back a circular of one's city. It leaves all inboxes but those who read it; who was told of it is told.

        False when there is none, or it is not theirs to take back.
        """
        city = officer.territory.region_code if officer.role is Role.DINSOS else None
        sent = and_(CIRCULAR.id == id, CIRCULAR.region_code == city, CIRCULAR.sent_at.is_not(None))
        with self._database.writing() as connection:
            found = read_one(connection, select(*FOUND).where(sent).with_for_update())
            if found is None:
                return False
            if found.withdrawn_at is None:
                connection.execute(update(CircularRow).where(CIRCULAR.id == id).values(withdrawn_at=self._clock()))
                heard = select(RECEIPT.account_id).where(RECEIPT.circular_id == id)
                self._notices.to_accounts(connection, heard, "circular_withdrawn", **facts_of(found))
        return True

    def _insert(self, connection: Connection, officer: Officer, draft: CircularDraft, pdf: bytes | None) -> int:
        areas = check_areas(connection, officer, draft)
        number = " ".join(draft.number.split())
        values = {
            "number": number,
            "number_key": number_key(number),
            "issued_on": draft.issued_on,
            "issuer": str(draft.issuer),
            "title": " ".join(draft.title.split()),
            "text": draft.text.strip(),
            "public": draft.public,
            "levels": levels_text(draft.levels),
            "pdf_size": len(pdf) if pdf is not None else None,
            "written_by": officer.account,
            "region_code": officer.territory.region_code,
            "written_at": self._clock(),
        }
        id: int = connection.execute(insert(CircularRow).values(values).returning(CircularRow.id)).scalar_one()
        connection.execute(insert(CircularAreaRow), [{"circular_id": id, "region_code": area} for area in areas])
        if pdf is not None:
            connection.execute(insert(CircularPdfRow).values(circular_id=id, content=pdf))
        return id

    def _tell(self, connection: Connection, officer: Officer, id: int) -> None:
        """Send it: from now on it stands in the inboxes, and who has Telegram is told."""
        now = self._clock()
        connection.execute(update(CircularRow).where(CIRCULAR.id == id).values(sent_at=now))
        (sent,) = read_all(connection, select(*FOUND).where(CIRCULAR.id == id))
        accounts = select(_asked(connection, officer, id).subquery().c.id)
        told = self._notices.to_accounts(connection, accounts, "circular", **facts_of(sent))
        if told:
            receipts = [{"circular_id": id, "account_id": account, "told_at": now} for account in told]
            connection.execute(insert(CircularReceiptRow), receipts)


def _check(officer: Officer, draft: CircularDraft, pdf: bytes | None, *, has_pdf: bool) -> None:
    if officer.role is not Role.DINSOS:
        raise Refused("not_for_this_role")
    if not draft.text.strip() and not has_pdf:
        raise FieldRefused("text", "nothing_to_read")
    if len(draft.text) > LONGEST_TEXT:
        raise FieldRefused("text", "circular_too_long", most=LONGEST_TEXT)
    if pdf is not None:
        check_pdf(pdf)


def _is_draft_of(officer: Officer) -> ColumnElement[bool]:
    return and_(CIRCULAR.sent_at.is_(None), CIRCULAR.written_by == officer.account)


def _asked(connection: Connection, officer: Officer, id: int) -> AnySelect:
    """The accounts in an officer's territory that are asked to acknowledge a circular."""
    account = Scope.of(officer).accounts.c
    columns = (account.id, account.role, account.region_code, account.rw, account.rt)
    return select(*columns).join(CircularRow.__table__, CIRCULAR.id == id).where(is_asked(connection, account))

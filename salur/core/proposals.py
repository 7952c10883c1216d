"""What residents send: proposals, objections, corrections, reports; and what becomes of it.

The sender's side; the levels of the chain see theirs in `proposal_inbox`. Every step goes through `ProposalLog.append`.
Code and last four digits open a ticket; whichever is wrong, answer and work are the same.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, or_, select

from salur.core.attempts import Asker, Attempts, Try
from salur.core.database import AnyRow, Database, fresh_ids
from salur.core.errors import Refused, TooManyAttempts
from salur.core.lookup import LARGEST_FAMILY
from salur.core.nik import Kk, Nik
from salur.core.notices import FOLLOWER_CHAT, Notices
from salur.core.passes import subject_of
from salur.core.proposal_answers import MOST_PHOTOS, Draft, NoTicket, Receipt, Status
from salur.core.proposal_limits import count_sending
from salur.core.proposal_log import BODY, PHOTO, ProposalLog, staffed
from salur.core.proposal_names import fits, is_name, name_in
from salur.core.proposal_status import names_of, status_of
from salur.core.proposal_steps import (
    OBJECTION_TIME,
    Event,
    Holder,
    Kind,
    Outcome,
    Step,
    destination,
    present,
)
from salur.core.roles import REGENCY, Territory
from salur.core.tables import (
    EntitlementRow,
    FollowerRow,
    PersonRow,
    PhotoRow,
    ProposalEventRow,
    ProposalRow,
    TicketRow,
)
from salur.core.ticket_codes import TicketCode
from salur.core.vault import Vault

PHOTOS_KEPT = 9  # of one proposal, however many send the same


class Proposals:
    """The sender's side."""

    def __init__(
        self,
        database: Database,
        vault: Vault,
        attempts: Attempts,
        notices: Notices,
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._vault = vault
        self._attempts = attempts
        self._notices = notices
        self._clock = clock
        self._log = ProposalLog(vault, notices, clock)

    def send(self, draft: Draft, *, asker: Asker) -> Receipt:
        """Take what someone sends, and give the ticket by which he follows it.

        A double of an open proposal (same kind, same NIK) is joined to it. The receipt does not tell.

        Raises: TooManyAttempts; Refused(`too_many_photos`).
        """
        if len(draft.photos) > MOST_PHOTOS:
            raise Refused("too_many_photos")
        nik_index = self._vault.index_of(draft.number) if isinstance(draft.number, Nik) else None
        with self._database.writing() as connection:
            refusal = count_sending(connection, self._vault, asker, nik_index, self._clock())
            receipt = self._take(connection, draft, nik_index, asker.door) if refusal is None else None
        if receipt is None:
            assert refusal is not None
            raise refusal
        return receipt

    def correct(self, key: str, reason: str, words: str, city: str, *, asker: Asker) -> Receipt:
        """Take a correction of someone who has just checked: his pass (`passes`) says who he is.

        `city` stands for the place where the list names none. Raises: TooManyAttempts; Refused(`key_expired`).
        """
        with self._database.reading() as connection:
            subject = subject_of(connection, self._vault, key, self._clock())
        place = Territory(subject.region_code or city, subject.rw, subject.rt)
        nik, kk = (Nik(subject.nik) if subject.nik else None), (Kk(subject.kk) if subject.kk else None)
        return self.send(Draft(Kind.KOREKSI, place, reason, words, nik or kk, kk=kk, name=subject.name), asker=asker)

    def status(self, code: TicketCode, last_four: str, *, asker: Asker) -> Status | NoTicket:
        """What became of it. Raises TooManyAttempts."""
        return self._with_ticket(code, last_four, asker, lambda _connection, _ticket: None)

    def answer(self, code: TicketCode, last_four: str, words: str, *, asker: Asker) -> Status | NoTicket:
        """Answer the question of an office. Raises TooManyAttempts; Refused(`not_asked`)."""

        def step(connection: Connection, ticket: AnyRow) -> None:
            seen = status_of(connection, self._log, self._vault, ticket, self._clock())
            if seen.holder is not Holder.SENDER:
                raise Refused("not_asked")
            self._log.append(connection, ticket.proposal_id, Step.ANSWERED, words={"words": words})

        return self._with_ticket(code, last_four, asker, step)

    def object_(self, code: TicketCode, last_four: str, words: str, *, asker: Asker) -> Status | NoTicket:
        """Object to a rejection: it goes to the level above. Raises TooManyAttempts; Refused(`no_objection`)."""

        def step(connection: Connection, ticket: AnyRow) -> None:
            self._log.append(connection, ticket.proposal_id, Step.OBJECTED, words={"words": words})

        return self._with_ticket(code, last_four, asker, step)

    def follow(self, code: TicketCode, last_four: str, chat: int, language: str, *, asker: Asker) -> Status | NoTicket:
        """Tell a Telegram chat of every step to come. Once is enough; again only changes the language."""

        def step(connection: Connection, ticket: AnyRow) -> None:
            digest = self._notices.digest_of(chat)
            mine = (FollowerRow.proposal_id == ticket.proposal_id) & (FollowerRow.chat_digest == digest)
            connection.execute(delete(FollowerRow).where(mine))
            id = next(fresh_ids(1))
            values = {
                "id": id,
                "proposal_id": ticket.proposal_id,
                "chat_digest": digest,
                "sealed_chat": self._vault.seal(str(chat).encode(), FOLLOWER_CHAT, id),
                "language": language,
                "ending": code.reveal()[-2:],
            }
            connection.execute(insert(FollowerRow).values(values))

        return self._with_ticket(code, last_four, asker, step)

    def unfollow(self, chat: int) -> int:
        """Tell a chat nothing more, of whatever it follows; gives how many it followed."""
        mine = delete(FollowerRow).where(FollowerRow.chat_digest == self._notices.digest_of(chat))
        with self._database.writing() as connection:
            return connection.execute(mine).rowcount

    def granted_by(self, connection: Connection, list_id: int) -> int:
        """Close, in the transaction that publishes a list, every proposal that it grants; gives how many.

        That is each usulan whose NIK or KK number stands on the list as entitled, under a name that fits: open, or
        rejected with time left to object. One that was accepted and waits for the list needs no name.
        """
        still_objectable = (ProposalRow.outcome == Outcome.REJECTED) & (
            ProposalRow.held_since >= self._clock() - OBJECTION_TIME
        )
        waiting = or_(ProposalRow.outcome.is_(None), ProposalRow.outcome == Outcome.ACCEPTED, still_objectable)
        listed = (
            select(PersonRow.id.label("person_id"), PersonRow.sealed_names, PersonRow.nik_index, PersonRow.kk_index)
            .join(EntitlementRow, EntitlementRow.person_id == PersonRow.id)
            .where(EntitlementRow.list_id == list_id, EntitlementRow.state.in_(("entitled", "group")))
        ).cte("listed")
        families = (
            select(listed.c.kk_index)
            .where(listed.c.kk_index.is_not(None))
            .group_by(listed.c.kk_index)
            .having(func.count() <= LARGEST_FAMILY)
        )
        usulan = (
            select(
                ProposalRow.id, ProposalRow.outcome, ProposalRow.sealed_body, listed.c.person_id, listed.c.sealed_names
            )
            .select_from(ProposalRow)
            .where(ProposalRow.kind == Kind.USULAN, waiting)
        )
        by_nik = usulan.join(listed, listed.c.nik_index == ProposalRow.nik_index)
        by_kk = usulan.join(listed, listed.c.kk_index == ProposalRow.kk_index).where(listed.c.kk_index.in_(families))
        granted: set[int] = set()
        for statement, under_kk in ((by_nik, False), (by_kk, True)):
            for row in connection.execute(statement):
                # Whom the whole chain has accepted is no stranger's curiosity, whatever name the list has.
                if row.outcome == Outcome.ACCEPTED or (
                    row.id not in granted and fits(self._vault, name_in(self._vault, row), row, under_kk=under_kk)
                ):
                    granted.add(row.id)
        return self._log.grant(connection, sorted(granted))

    def _take(self, connection: Connection, draft: Draft, nik_index: bytes | None, door: str) -> Receipt:
        now, code = self._clock(), TicketCode.new()
        proposal = self._double(connection, draft, nik_index)
        if proposal is None:
            proposal = self._begin(connection, draft, nik_index, door, now)
        else:
            place = draft.place.region_code
            self._log.append(connection, proposal, Step.JOINED, words=draft.body(), other_place=place)
        self._keep_photos(connection, proposal, draft)
        first_event = connection.execute(
            select(func.max(ProposalEventRow.number)).where(ProposalEventRow.proposal_id == proposal)
        ).scalar_one()
        ticket = {
            "digest": self._digest(code),
            "proposal_id": proposal,
            "proof": None if draft.last_four is None else self._proof(code, draft.last_four),
            "first_event": first_event,
            "made_at": now,
        }
        connection.execute(insert(TicketRow).values(ticket))
        return self._receipt(connection, draft, code, now)

    def _receipt(self, connection: Connection, draft: Draft, code: TicketCode, now: datetime) -> Receipt:
        """As of a proposal of its own, whether or not it was joined to another."""
        levels = staffed(connection, draft.place)
        first = destination(draft.kind, Step.SENT, None, level=None, staffed=levels)
        assert first is not None
        return Receipt(
            code=code,
            kind=draft.kind,
            sent_at=now,
            first_holder=first,
            due_at=present(draft.kind, [Event(now, Step.SENT, goes_to=first)]).due_at,
            place=names_of(connection, draft.place),
            needs_digits=draft.last_four is not None,
        )

    def _double(self, connection: Connection, draft: Draft, nik_index: bytes | None) -> int | None:
        """The open proposal of the same kind for the same NIK and name: with the NIK alone nobody gets to another's."""
        if nik_index is None:
            return None
        same = (ProposalRow.kind == draft.kind) & (ProposalRow.nik_index == nik_index) & ProposalRow.outcome.is_(None)
        # Locked, so that nobody closes it before the double is joined to it.
        found = select(ProposalRow.id, ProposalRow.sealed_body).where(same).order_by(ProposalRow.id).with_for_update()
        rows = connection.execute(found).all()
        return next((row.id for row in rows if is_name(draft.name, name_in(self._vault, row))), None)

    def _begin(self, connection: Connection, draft: Draft, nik_index: bytes | None, door: str, now: datetime) -> int:
        id = next(fresh_ids(1))
        area = draft.place if draft.kind is not Kind.LAPORAN else Territory(draft.place.region_code[:REGENCY])
        kk = draft.own_kk
        values = {
            "id": id,
            "kind": draft.kind,
            "region_code": area.region_code,
            "rw": area.rw,
            "rt": area.rt,
            "nik_index": nik_index,
            "kk_index": self._vault.index_of(kk) if kk is not None else None,
            "door": door,
            "sent_at": now,
            "sealed_body": self._vault.seal_json(draft.body(), BODY, id),
            "held_since": now,  # the log writes the rest of the state with the first event
        }
        connection.execute(insert(ProposalRow).values(values))
        self._log.append(connection, id, Step.SENT)
        return id

    def _keep_photos(self, connection: Connection, proposal: int, draft: Draft) -> None:
        count = select(func.count()).select_from(PhotoRow).where(PhotoRow.proposal_id == proposal)
        room = max(0, PHOTOS_KEPT - int(connection.execute(count).scalar_one())) if draft.photos else 0
        rows = [
            {"id": id, "proposal_id": proposal, "sealed_jpeg": self._vault.seal(photo.jpeg, PHOTO, id)}
            for id, photo in zip(fresh_ids(room), draft.photos, strict=False)
        ]
        if rows:
            connection.execute(insert(PhotoRow), rows)

    def _with_ticket(
        self, code: TicketCode, last_four: str, asker: Asker, step: Callable[[Connection, AnyRow], None]
    ) -> Status | NoTicket:
        """Open a ticket, take a step with it, and show what it shows then."""
        with self._database.writing() as connection:
            tried = self._attempts.count(connection, self._digest(code), asker)
            ticket = self._opened(connection, tried, code, last_four) if tried.refusal is None else None
            if ticket is not None:
                self._attempts.succeed(connection, tried)
                step(connection, ticket)
                return status_of(connection, self._log, self._vault, ticket, self._clock())
        if tried.refusal is not None:
            raise _of_a_ticket(tried.refusal)
        return NoTicket()

    def _opened(self, connection: Connection, tried: Try, code: TicketCode, last_four: str) -> AnyRow | None:
        """The ticket, if code and digits go together. Without one, the same is computed and compared."""
        row = connection.execute(select(TicketRow.__table__).where(TicketRow.digest == tried.identity)).one_or_none()
        proof = self._proof(code, last_four)
        wanted = proof if row is not None and row.proof is None else bytes(32) if row is None else row.proof
        return row if hmac.compare_digest(proof, wanted) and row is not None else None

    def _digest(self, code: TicketCode) -> bytes:
        return self._vault.digest("ticket", code.reveal().encode())

    def _proof(self, code: TicketCode, last_four: str) -> bytes:
        return self._vault.digest("ticket+digits", f"{code.reveal()}:{last_four}".encode())


def _of_a_ticket(refusal: TooManyAttempts) -> TooManyAttempts:
    """The waits of a number, said of a ticket: no letter opens it again."""
    return refusal if refusal.scope == "asker" else TooManyAttempts(refusal.retry_in, "ticket")

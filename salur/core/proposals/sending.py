"""Taking what residents send: it is checked, counted, written, and answered with a ticket.

The same sent twice by the same sender gives the same ticket again, and nothing is kept for that: the code is drawn from
a keyed digest of sender and content. Whoever is not that very chat or browser cannot come to it, whatever they send.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import blake2b
from itertools import count

from sqlalchemy import Connection, func, insert, select

from salur.core.errors import FieldsRefused
from salur.core.happenings import refused
from salur.core.limits.asker import Asker
from salur.core.limits.kinds import Door
from salur.core.limits.sendings import count_sending, has_room_for_photos, hold_person, hold_sending
from salur.core.notices.outbox import Notices
from salur.core.people.nik import Nik
from salur.core.people.sealed import index_of
from salur.core.people.ticket_codes import TicketCode
from salur.core.privacy.answers import Told
from salur.core.privacy.passes import Purpose, end_of, open_pass, people_of, seal_pass, subject_of, told_of
from salur.core.proposals.answers import Receipt
from salur.core.proposals.draft import Draft, check_words
from salur.core.proposals.kinds import NOT_RECEIVED, STILL_ENTITLED, Holder, Kind, Step
from salur.core.proposals.log import BODY, ProposalLog, find_staffed
from salur.core.proposals.names import find_double
from salur.core.proposals.photos.keeping import count_photos, keep_photos, read_photos
from salur.core.proposals.photos.photo import Photo
from salur.core.proposals.steps import Event, find_destination, present
from salur.core.proposals.tickets import Ticket, Tickets
from salur.core.regions.directory import knows, name_territory
from salur.core.regions.region import regency_of
from salur.core.regions.territory import Territory
from salur.core.storage.database import Database, fresh_ids
from salur.core.storage.vault import Vault
from salur.core.tables.proposals import ProposalEventRow, ProposalRow

SAME = timedelta(days=1)  # how long the same content is the same sending; of an entitlement: while it is open


class Sending:
    """Takes what is sent."""

    def __init__(
        self, database: Database, vault: Vault, notices: Notices, clock: Callable[[], datetime], city: str
    ) -> None:
        self._database = database
        self._vault = vault
        self._clock = clock
        self._city = city  # code of the city served: what is sent is about a kelurahan of it
        self._log = ProposalLog(vault, notices, clock)
        self._tickets = Tickets(vault)

    def check(self, draft: Draft) -> None:
        """Look whether it could be sent, without sending it. Raises FieldsRefused with all that is wrong with it."""
        slips = draft.slips()
        if "kelurahan" not in slips and not self._serves(draft.territory.region_code):
            slips["kelurahan"] = "village_missing"
        refuse(slips)

    def send(self, draft: Draft, *, asker: Asker) -> Receipt:
        """Take what someone sends, and give the ticket by which they follow it.

        A double of an open proposal (same kind, same NIK) is joined to it. The receipt does not tell. The same from the
        same sender is not sent again: they get the ticket they have.

        Raises: FieldsRefused (as `check`); TooManyAttempts.
        """
        self.check(draft)
        return self._send(draft, asker)

    def correct(self, key: str, reason: str, words: str, *, asker: Asker) -> Receipt:
        """Take a correction of someone who has just checked: their pass (`privacy.passes`) says who they are.

        Raises: FieldsRefused (`reason`, `words`); Refused(`key_expired`); TooManyAttempts.
        """
        said = Draft(Kind.KOREKSI, Territory(self._city), reason, words)
        refuse({field: code for field, code in said.slips().items() if field in ("reason", "words")})
        return self._send(self._of_payee(said, people_of(self._vault, key, self._clock())), asker)

    def told(self, key: str) -> Told:
        """What an answer told of the entitlement that a pass of it is for. Raises Refused(`key_expired`)."""
        return told_of(self._vault, key, self._clock())[1]

    def contest(self, key: str, words: str, *, asker: Asker) -> Receipt:
        """Take what a payee says against what an answer told them: a report, where it was marked as paid and never
        came, or an objection about oneself, where the list names them no longer.

        The pass (`Entitlement.key`) says who the payee is and which entitlement it is: nobody is asked for either.
        While theirs is open, the same sender gets the ticket they have; others get one of their own.

        Raises: FieldsRefused (`words`); Refused(`key_expired`); TooManyAttempts.
        """
        if code := check_words(words, needed=False):
            raise FieldsRefused({"words": code})
        payee, told = told_of(self._vault, key, self._clock())
        kind, reason = (Kind.LAPORAN, NOT_RECEIVED) if told.paid else (Kind.SANGGAH, STILL_ENTITLED)
        said = Draft(kind, Territory(self._city), reason, words, told=told)
        return self._send(self._of_payee(said, [payee]), asker)

    def receipt(self, key: str) -> Receipt:
        """Give a receipt once more, by its `way_back`. Raises Refused(`key_expired`)."""
        kept, _ = open_pass(self._vault, Purpose.RECEIPT, key, self._clock())
        territory = Territory(kept["region_code"], kept["rw"], kept["rt"])
        with self._database.reading() as connection:
            named = name_territory(connection, territory)
        kind, sent_at, first = Kind(kept["kind"]), datetime.fromisoformat(kept["sent_at"]), Holder(kept["first"])
        return Receipt(
            code=TicketCode(kept["code"]),
            kind=kind,
            sent_at=sent_at,
            first_holder=first,
            due_at=_due(kind, sent_at, first),
            territory=named,
            needs_name=kept["needs_name"],
            of_payee=kept["of_payee"],
            way_back=key,
        )

    def _serves(self, code: str) -> bool:
        """Whether it is the city, or a kelurahan of it."""
        if not code.startswith(f"{self._city}."):
            return code == self._city
        with self._database.reading() as connection:
            return knows(connection, code)

    def _of_payee(self, said: Draft, people: Sequence[int]) -> Draft:
        """The same about the first of these people who is still there. Their territory is what the list says, the whole
        city where it says nothing. Raises Refused(`key_expired`)."""
        with self._database.reading() as connection:
            payee = subject_of(connection, self._vault, people)
        territory = Territory(payee.region_code or self._city, payee.rw, payee.rt)
        return replace(said, territory=territory, number=payee.nik or payee.kk, kk=payee.kk, name=payee.name)

    def _send(self, draft: Draft, asker: Asker) -> Receipt:
        """Count it, then do what is costly (with no transaction open), then write it."""
        with self._database.writing() as connection:
            refusal = count_sending(connection, self._vault, asker, self._clock())
            room = not draft.photos or has_room_for_photos(connection, self._vault, asker, 0, self._clock())
        if refusal is not None:
            raise refused(refusal)
        if not room:
            raise FieldsRefused({"photos": "photos_full"})
        photos = read_photos(draft.photos)
        nik_index = index_of(self._vault, draft.number) if isinstance(draft.number, Nik) else None
        with self._database.writing() as connection:
            code, sent_at = self._code(connection, draft, asker)
            if sent_at is not None:
                return self._receipt(connection, draft, code, sent_at)
            count_photos(connection, self._vault, photos, asker, self._clock())
            if nik_index is not None:
                hold_person(connection, self._vault, nik_index, self._clock())
            return self._take(connection, draft, photos, nik_index, asker.door, code)

    def _code(self, connection: Connection, draft: Draft, asker: Asker) -> tuple[TicketCode, datetime | None]:
        """The code of a new ticket; or that of the one which this sender has for the same, and since when.

        Of two sendings of the same at once the second waits here for the first.
        """
        sender = asker.sender(named=draft.told is not None)
        if not sender:
            return TicketCode.new(), None
        same = self._vault.digest("the same", f"{sender}:{_content(draft)}".encode())
        hold_sending(connection, same, self._clock())
        codes = (TicketCode.drawn(self._numbers(same, number)) for number in count())
        found = ((code, self._tickets.find(connection, code)) for code in codes)
        code, ticket = next(
            (code, row) for code, row in found if row is None or self._still_holds(connection, draft, row)
        )
        return code, None if ticket is None else ticket.made_at

    def _numbers(self, same: bytes, number: int) -> Iterator[int]:
        """As good as random to whoever has no key, and the same every time."""
        for draw in count():
            drawn = self._vault.digest("ticket code", same + number.to_bytes(4, "big") + draw.to_bytes(4, "big"))
            yield int.from_bytes(drawn, "big") >> (8 * len(drawn) - TicketCode.bits())

    def _still_holds(self, connection: Connection, draft: Draft, ticket: Ticket) -> bool:
        """Whether the same is not to be sent anew: lately sent, or about an entitlement and open."""
        if draft.told is None:
            return bool(self._clock() < ticket.made_at + SAME)
        outcome = select(ProposalRow.outcome).where(ProposalRow.id == ticket.proposal_id)
        return connection.execute(outcome).scalar_one() is None

    def _take(
        self,
        connection: Connection,
        draft: Draft,
        photos: Sequence[Photo],
        nik_index: bytes | None,
        door: Door,
        code: TicketCode,
    ) -> Receipt:
        now = self._clock()
        proposal = self._double(connection, draft, nik_index)
        if proposal is None:
            proposal = self._begin(connection, draft, nik_index, door, now)
        else:
            elsewhere = draft.territory.region_code
            self._log.append(connection, proposal, Step.JOINED, words=draft.body(), other_kelurahan=elsewhere)
        keep_photos(connection, self._vault, proposal, photos)
        first_event = connection.execute(
            select(func.max(ProposalEventRow.number)).where(ProposalEventRow.proposal_id == proposal)
        ).scalar_one()
        name = draft.ticket_name
        self._tickets.make(connection, code, name, proposal=proposal, first_event=first_event, at=now)
        return self._receipt(connection, draft, code, now)

    def _receipt(self, connection: Connection, draft: Draft, code: TicketCode, sent_at: datetime) -> Receipt:
        """As of a proposal of its own, whether or not it was joined to another."""
        levels = find_staffed(connection, draft.territory)
        first = find_destination(draft.kind, Step.SENT, None, level=None, staffed=levels)
        assert first is not None
        kept = {
            "code": code.reveal(),
            "kind": draft.kind,
            "sent_at": sent_at.isoformat(),
            "first": first,
            "region_code": draft.territory.region_code,
            "rw": draft.territory.rw,
            "rt": draft.territory.rt,
            "needs_name": draft.ticket_name is not None,
            "of_payee": draft.told is not None,
        }
        return Receipt(
            code=code,
            kind=draft.kind,
            sent_at=sent_at,
            first_holder=first,
            due_at=_due(draft.kind, sent_at, first),
            territory=name_territory(connection, draft.territory),
            needs_name=draft.ticket_name is not None,
            of_payee=draft.told is not None,
            way_back=seal_pass(self._vault, Purpose.RECEIPT, kept, end_of(self._clock())),
        )

    def _double(self, connection: Connection, draft: Draft, nik_index: bytes | None) -> int | None:
        """The open proposal of the same kind for the same NIK and name: with the NIK alone nobody gets to another's.

        A report is nobody else's matter, so none is joined; an objection about oneself only to one about the same.
        """
        if nik_index is None or draft.kind is Kind.LAPORAN:
            return None
        same = find_double(connection, self._vault, draft, nik_index)
        # Locked, so that nobody closes it before the double is joined to it.
        open_yet = select(ProposalRow.id).where(ProposalRow.id == same, ProposalRow.outcome.is_(None))
        return connection.execute(open_yet.with_for_update()).scalar()

    def _begin(self, connection: Connection, draft: Draft, nik_index: bytes | None, door: Door, now: datetime) -> int:
        id = next(fresh_ids(1))
        area = draft.territory if draft.kind is not Kind.LAPORAN else Territory(regency_of(draft.territory.region_code))
        kk = draft.own_kk
        values = {
            "id": id,
            "kind": draft.kind,
            "region_code": area.region_code,
            "rw": area.rw,
            "rt": area.rt,
            "nik_index": nik_index,
            "kk_index": index_of(self._vault, kk) if kk is not None else None,
            "door": door,
            "sent_at": now,
            "sealed_body": self._vault.seal_json(draft.body(), BODY, id),
            "held_since": now,  # the log writes the rest of the state with the first event
        }
        connection.execute(insert(ProposalRow).values(values))
        self._log.append(connection, id, Step.SENT)
        return id


def refuse(slips: Mapping[str, str]) -> None:
    """Raises FieldsRefused, if there are any."""
    if slips:
        raise FieldsRefused(slips)


def _due(kind: Kind, sent_at: datetime, first: Holder) -> datetime | None:
    return present(kind, [Event(sent_at, Step.SENT, goes_to=first)]).due_at


def _content(draft: Draft) -> str:
    """What makes a sending the same: all of it; of what an answer told, only which entitlement."""
    if draft.told is not None:
        return f"{draft.kind}:{draft.told.entitlement}"
    photos = [blake2b(photo, digest_size=16).hexdigest() for photo in draft.photos]
    return json.dumps([draft.kind, draft.body(), draft.own_name, photos])

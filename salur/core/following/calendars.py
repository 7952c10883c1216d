"""A calendar that follows an answer: it asks by itself, as often as it likes, and reads what holds then.

A calendar has no name and no password, only an address. So the random word in it is all that opens it: 160 bits, of
which the table has a keyed digest and the sealed link. An unknown word, a mistyped one and one that was ended are the
same: there is nothing under them.
"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager
from datetime import datetime

from sqlalchemy import Connection, select

from salur.core.errors import NotThere, Refused, TooManyAttempts
from salur.core.following.answers import CalendarEntry, FollowedCalendar
from salur.core.following.followers import about, payees_of
from salur.core.following.following import Following
from salur.core.following.kinds import EntryKind
from salur.core.following.links import Link, made_from
from salur.core.following.told import aids
from salur.core.limits.asker import Asker
from salur.core.limits.sendings import CALENDARS_A_DAY, count_calendar, count_sending, hold_sending
from salur.core.lookup.answering import Answering
from salur.core.lookup.answers import Entitlement, OnTheList
from salur.core.notices.channels import Channel
from salur.core.payouts.answers import Sitting
from salur.core.privacy.passes import behind
from salur.core.storage.database import AnyRow, Database
from salur.core.storage.vault import Vault
from salur.core.tables.following import FollowRow

BYTES = 20  # random ones: 32 letters and digits that nobody has to type
UID_SHOWN = 32  # characters of a digest


class Calendars:
    """Makes them, reads for them, and ends them."""

    def __init__(
        self,
        following: Following,
        answering: Answering,
        database: Database,
        vault: Vault,
        clock: Callable[[], datetime],
    ) -> None:
        self._following = following
        self._answering = answering
        self._database = database
        self._vault = vault
        self._clock = clock

    def make(self, way_back: str, language: str | None, *, asker: Asker) -> str:
        """Let a calendar follow the answer that `way_back` leads to; gives the random word of its address, which stands
        nowhere else. That it follows goes into the payees' access record.

        Whoever agrees twice under one answer has one calendar, as long as that is not ended. Of others it gives none:
        each answer has a way back of its own, which only the browser that was answered has.

        Raises: Refused(`key_expired`; `calendars_enough`, facts: most), TooManyAttempts.
        """
        now = self._clock()
        people, _ = behind(self._vault, way_back, now)
        with self._database.writing() as connection:
            refusal: Refused | TooManyAttempts | None = count_sending(connection, self._vault, asker, now)
            if refusal is None:
                hold_sending(connection, made_from(self._vault, way_back), now)  # pressed twice, it comes at once
                if (before := self._made_before(connection, way_back, people)) is not None:
                    return before
                if count_calendar(connection, self._vault, people, asker, now):
                    token = base64.b32encode(secrets.token_bytes(BYTES)).decode().lower()
                    self._following.begin(connection, Channel.CALENDAR, token, language, way_back, asker)
                    return token
                refusal = Refused("calendars_enough", most=CALENDARS_A_DAY)
        raise refusal

    def read(self, token: str) -> FollowedCalendar:
        """What a calendar reads now; of a standby while the database is away. Raises: NotThere."""
        return self._answering.read(
            lambda: self._read(self._database.reading(), token), lambda other: self._read(other.reading(), token)
        )

    def end(self, token: str) -> None:
        """From now on there is nothing under this word. Raises: NotThere."""
        if not self._following.stop(Channel.CALENDAR, token):
            raise NotThere("no_such_calendar")

    def _made_before(self, connection: Connection, way_back: str, people: Collection[int]) -> str | None:
        """The word of the calendar that was made from this very answer, and is there still."""
        mine = select(FollowRow.id, FollowRow.sealed_link).where(
            about(self._vault, payees_of(connection, self._vault, people)),
            FollowRow.whom_digest == made_from(self._vault, way_back),
            FollowRow.channel == Channel.CALENDAR,
        )
        row = connection.execute(mine).one_or_none()
        return Link.opened(self._vault, row.sealed_link, row.id).address if row is not None else None

    def _read(self, reading: AbstractContextManager[Connection], token: str) -> FollowedCalendar:
        now = self._clock()
        digest = self._following.digest_of(Channel.CALENDAR, token)
        mine = select(FollowRow.__table__).where(
            FollowRow.address_digest == digest, FollowRow.channel == Channel.CALENDAR
        )
        with reading as connection:
            row = connection.execute(mine).one_or_none()
            if row is None:
                raise NotThere("no_such_calendar")
            link = Link.opened(self._vault, row.sealed_link, row.id)
            answer = link.answer(connection, self._vault, now)
        entries = tuple(self._entries(row.id, answer)) if answer is not None else ()
        return FollowedCalendar(link.language, entries, row.told_at or row.made_at, _changes(row))

    def _entries(self, follow: int, answer: OnTheList) -> Iterator[CalendarEntry]:
        """One of each aid that has a sitting: wherever that is moved to, it stays the same entry."""
        for aid, said in aids(answer).items():
            found = _sitting(said, present=said in answer.present)
            if found is not None:
                uid = self._vault.digest("calendar entry", f"{follow} {aid}".encode()).hex()[:UID_SHOWN]
                yield CalendarEntry(uid, *found, said.bring, said.deadline, said.post_office)


def _sitting(said: Entitlement, *, present: bool) -> tuple[EntryKind, str, Sitting] | None:
    """The next sitting, else the one that is not held, or was missed; of an earlier list only what is to come."""
    if said.next_sitting is not None:
        return EntryKind.COMING, said.programme_name, said.next_sitting
    if present and said.cancelled_sitting is not None:
        return EntryKind.CANCELLED, said.programme_name, said.cancelled_sitting
    if present and said.missed_sitting is not None:
        return EntryKind.MISSED, said.programme_name, said.missed_sitting
    return None


def _changes(row: AnyRow) -> int:
    """A number that grows with every change since it was made."""
    return 1 + int((row.told_at - row.made_at).total_seconds()) if row.told_at is not None else 0

"""How much one asker may send, how many photos of it are kept, and that two who propose the same person at once do it
one after the other.

Kept in the table of tallies that the look-up uses too, under keys of their own.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import Connection

from salur.core.errors import RanOut, TooManyAttempts
from salur.core.limits import tallies
from salur.core.limits.asker import Asker
from salur.core.limits.tallies import DAY, HOUR
from salur.core.storage.vault import Vault

# A mobile carrier puts a village behind one address; a chat is one person, who may help a street.
SENDINGS_AN_HOUR = {"chat": 20, "address": 200}
CALENDARS_A_DAY, PHONES_A_DAY = 10, 20  # that begin to follow one answer, whoever makes them
AT_LEAST = 2  # of these for everybody who asks, so that nobody who knows number and name can use them up for others
PHOTOS_A_DAY = {"chat": 20_000_000, "address": 100_000_000}  # bytes kept: about 60 and 300 photos


def count_sending(connection: Connection, vault: Vault, asker: Asker, now: datetime) -> TooManyAttempts | None:
    """Count one sending, before anything costly is done for it, and say whether it is refused."""
    second = int(now.timestamp())
    mine = _key(vault, "sending", asker)
    sent = tallies.lock(connection, {mine: HOUR}, second)[mine]
    if sent.tries >= SENDINGS_AN_HOUR.get(asker.kind, SENDINGS_AN_HOUR["chat"]):  # a phone is one person, too
        return TooManyAttempts(timedelta(seconds=sent.left(second)), RanOut.ASKER)
    tallies.write(connection, [sent.plus(1, second)])
    return None


def count_calendar(connection: Connection, vault: Vault, people: Collection[int], asker: Asker, now: datetime) -> bool:
    """Count one more calendar that follows an answer (ids of its people), and say whether there may be one today."""
    return _count_today(connection, vault, "calendars", people, asker, CALENDARS_A_DAY, now)


def count_phone(connection: Connection, vault: Vault, people: Collection[int], asker: Asker, now: datetime) -> bool:
    """The same of phones: anybody can make up addresses of one phone."""
    return _count_today(connection, vault, "phones", people, asker, PHONES_A_DAY, now)


def _count_today(
    connection: Connection, vault: Vault, what: str, people: Collection[int], asker: Asker, most: int, now: datetime
) -> bool:
    second, answer = int(now.timestamp()), repr(sorted(people))
    who = f"network:{asker.network}" if asker.network else f"{asker.kind}:{asker.value}"  # a /48 is cheap to rent
    anyones, mine = vault.digest(what, answer.encode()), vault.digest(what, f"{answer} {who}".encode())
    made = tallies.lock(connection, {anyones: DAY, mine: DAY}, second)
    if made[anyones].tries >= most and made[mine].tries >= AT_LEAST:
        return False
    tallies.write(connection, [tally.plus(1, second) for tally in made.values()])
    return True


def has_room_for_photos(connection: Connection, vault: Vault, asker: Asker, size: int, now: datetime) -> bool:
    """Whether so many bytes more may be kept of this asker today (0: any at all). What may is counted."""
    second = int(now.timestamp())
    mine = _key(vault, "photos", asker)
    kept = tallies.lock(connection, {mine: DAY}, second)[mine]
    fits = kept.tries + max(size, 1) <= PHOTOS_A_DAY[asker.kind]
    if fits and size:
        tallies.write(connection, [kept.plus(size, second)])
    return fits


def hold_person(connection: Connection, vault: Vault, index: bytes, now: datetime) -> None:
    """Keep the tally of the person proposed locked until the transaction ends: it refuses nothing, but of two who
    propose them at once the second finds the first."""
    tallies.lock(connection, {vault.digest("proposed", index): HOUR}, int(now.timestamp()))


def hold_sending(connection: Connection, same: bytes, now: datetime) -> None:
    """Keep a sending (a digest of it) locked until the transaction ends: of two at once the second finds the first."""
    tallies.lock(connection, {same: HOUR}, int(now.timestamp()))


def hold_followers(connection: Connection, vault: Vault, addresses: Collection[bytes], now: datetime) -> None:
    """The same of what these addresses (digests) follow, where that is nothing yet, too."""
    keys = {vault.digest("followers", address): HOUR for address in addresses}
    tallies.lock(connection, keys, int(now.timestamp()))


def _key(vault: Vault, what: str, asker: Asker) -> bytes:
    return vault.digest(what, f"{asker.kind}:{asker.value}".encode())

"""Passes: what is good for a quarter of an hour, sealed, so that it tells nothing and cannot be made up.

A successful check hands out one for the record of those it showed, one for each entitlement that can be contested, and
the way back to the answer itself (`salur.core.lookup.lookup`). A miss has a way back too (`salur.core.asking.asking`),
and so has what was sent (`salur.core.proposals.sending`). One more says from which chat the site's page was opened
(`salur.core.asking.launches`).

A door gives a pass back to see who looked (`salur.core.privacy.my_data`), or to have something corrected or contested
(`salur.core.proposals.sending`). They stand in no address; the one for the record stands in no cookie either.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection, select

from salur.core.errors import NoKey, Refused
from salur.core.people.nik import Kk, Nik
from salur.core.people.sealed import open_name, open_numbers
from salur.core.privacy.answers import Told
from salur.core.storage.database import AnyRow
from salur.core.storage.vault import JsonObject, Vault
from salur.core.tables.people import PersonRow


@dataclass(frozen=True, slots=True, repr=False)
class Subject:
    """Whom a correction is about: the person whose name was typed. For the core's own use; no `repr`, no door."""

    region_code: str | None
    rw: int | None
    rt: int | None
    nik_index: bytes | None
    kk_index: bytes | None
    name: str
    nik: Nik | None
    kk: Kk | None


class Purpose(StrEnum):
    """What a pass is sealed for; none does for another. There are no such columns."""

    PEOPLE = "pass.people"
    ANSWER = "pass.answer"
    TOLD = "pass.told"
    LETTER = "pass.letter"
    MISS = "pass.miss"
    RECEIPT = "pass.receipt"
    TICKET = "pass.ticket"
    DESK = "pass.desk"
    CHAT = "pass.chat"


VALID = timedelta(minutes=15)
LONGEST = 4_000  # characters; forty ids have about a thousand


def end_of(now: datetime) -> int:
    """When what is handed out now ends, in Unix seconds."""
    return int((now + VALID).timestamp())


def seal_pass(vault: Vault, purpose: Purpose, content: JsonObject, until: int) -> str:
    """Seal what JSON can hold until then."""
    return base64.urlsafe_b64encode(vault.seal_json([until, content], purpose, 0)).decode()


def open_pass(vault: Vault, purpose: Purpose, key: str, now: datetime) -> tuple[JsonObject, int]:
    """Open a pass of this purpose; gives what it holds, and when it ends.

    Raises Refused(`key_expired`), whatever is wrong with it.
    """
    try:
        sealed = base64.b64decode(key.encode("ascii"), altchars=b"-_", validate=True) if len(key) <= LONGEST else b""
        until, content = vault.open_json(sealed, purpose, 0)
    except (ValueError, NoKey):
        raise Refused("key_expired") from None
    if not isinstance(content, dict) or now.timestamp() >= until:  # an older version sealed a bare list
        raise Refused("key_expired")
    return content, until


def new_pass(vault: Vault, people: Sequence[int], until: int) -> str:
    """Seal the ids of `person`, the one whose name was typed first."""
    return seal_pass(vault, Purpose.PEOPLE, {"people": [*people]}, until)


def way_back(vault: Vault, people: Sequence[int], until: int, *, family: bool = False) -> str:
    """Seal the ids of those whom an answer is about, the one whose name was typed first. `family`: asked for by its KK
    number."""
    return seal_pass(vault, Purpose.ANSWER, {"people": [*people], "family": family}, until)


def told_pass(vault: Vault, person: int, told: Told, until: int) -> str:
    """Seal what an answer told of one entitlement, with the id of its payee."""
    return seal_pass(vault, Purpose.TOLD, {"person": person, "told": told.as_json()}, until)


def letter_pass(vault: Vault, person: int, entitlement: int, until: int) -> str:
    """Seal whose letter may be printed: the payee (id), and for which entitlement."""
    return seal_pass(vault, Purpose.LETTER, {"person": person, "entitlement": entitlement}, until)


def letter_of(vault: Vault, key: str, now: datetime) -> tuple[int, int]:
    """The payee (id) and the entitlement. Raises Refused(`key_expired`), whatever is wrong with it."""
    content, _ = open_pass(vault, Purpose.LETTER, key, now)
    return content["person"], content["entitlement"]


def behind(vault: Vault, key: str, now: datetime) -> tuple[tuple[int, ...], int]:
    """Open the way back to an answer; gives its people, and when it ends: so do the passes of the answer it leads to.

    Raises Refused(`key_expired`), whatever is wrong with it.
    """
    content, until = open_pass(vault, Purpose.ANSWER, key, now)
    return tuple(content["people"]), until


def is_of_family(vault: Vault, key: str, now: datetime) -> bool:
    """Whether the answer was asked for by a KK number. Raises Refused(`key_expired`), whatever is wrong with it."""
    content, _ = open_pass(vault, Purpose.ANSWER, key, now)
    return bool(content.get("family"))  # an older version sealed nothing of it


def people_of(vault: Vault, key: str, now: datetime) -> tuple[int, ...]:
    """Open a pass. Raises Refused(`key_expired`), whatever is wrong with it."""
    return tuple(open_pass(vault, Purpose.PEOPLE, key, now)[0]["people"])


def told_of(vault: Vault, key: str, now: datetime) -> tuple[int, Told]:
    """The payee (id) and what was told. Raises Refused(`key_expired`), whatever is wrong with it."""
    content, _ = open_pass(vault, Purpose.TOLD, key, now)
    return content["person"], Told.of(content["told"])


def counter_pass(vault: Vault, account: int, people: Sequence[int], now: datetime) -> str:
    """Seal the ids of those whom an office has just looked up, for that account alone."""
    return seal_pass(vault, Purpose.DESK, {"account": account, "people": [*people]}, end_of(now))


def behind_counter(vault: Vault, key: str, account: int, now: datetime) -> tuple[int, ...]:
    """Open the pass of an office. Raises Refused(`key_expired`), whatever is wrong with it, another's account too."""
    content, _ = open_pass(vault, Purpose.DESK, key, now)
    if content["account"] != account:
        raise Refused("key_expired")
    return tuple(content["people"])


def subject_of(connection: Connection, vault: Vault, people: Sequence[int]) -> Subject:
    """Whom a pass is about: the first of its people who is still there. Raises Refused(`key_expired`)."""
    found: dict[int, AnyRow] = {
        row.id: row for row in connection.execute(select(PersonRow.__table__).where(PersonRow.id.in_(people)))
    }
    row = next((found[id] for id in people if id in found), None)
    if row is None:
        raise Refused("key_expired")
    numbers = open_numbers(vault, row.sealed_numbers, row.id)
    name = open_name(vault, row.sealed_names, row.id)
    return Subject(row.region_code, row.rw, row.rt, row.nik_index, row.kk_index, name, numbers.nik, numbers.kk)

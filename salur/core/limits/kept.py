"""Tries that cannot be written for now are kept in Redis: judged by the same rules (`attempts`), and made good later.

One try is one transaction of Redis: what it changes in the tallies, and a sealed entry that says whom it showed, stand
there together or not at all; two who count on the same tally do so one after the other (WATCH), as with locked rows.

A tally is kept as what changed it, one field for each, so that it can be told what a database that has some of it does
not know. What was made good stays until its span is over, with the time: a standby that has not come that far yet, or
was cut off for good, is not taken for the whole truth.
"""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, cast

from redis import Redis, WatchError
from redis.backoff import NoBackoff
from redis.client import Pipeline
from redis.retry import Retry
from sqlalchemy import Connection

from salur.core.errors import DatabaseAway, NoKey
from salur.core.limits.changes import Change, Look, Overtaken
from salur.core.limits.kinds import Door
from salur.core.limits.tallies import HOUR, LOOK, Tally
from salur.core.storage.vault import Vault

log = logging.getLogger("salur.core")
TRIES, UNREADABLE, TALLY = "salur:kept:tries", "salur:kept:unreadable", "salur:kept:tally:"
MOST = 50_000  # tries; each takes about a kilobyte
SECONDS = 1  # how long to wait for Redis
PLACE = "kept.try"


class Changed(NamedTuple):
    """A change, with where it stands: the tally's key and span, and the field of it in Redis."""

    key: bytes
    span: int
    field: bytes
    change: Change


@dataclass(frozen=True, slots=True, repr=False)
class Entry:
    """A try that was kept, with an id of its own."""

    id: bytes
    changed: Sequence[Changed]
    looks: Sequence[Look]
    sealed: bytes


class KeptTries:
    """What is kept. Raises RedisError."""

    def __init__(self, url: str, vault: Vault) -> None:
        retry = Retry(NoBackoff(), 0)
        self.redis = Redis.from_url(url, retry=retry, socket_connect_timeout=SECONDS, socket_timeout=SECONDS)
        self._vault = vault

    @contextmanager
    def trying(self, replayed: datetime | None) -> Iterator[Trying]:
        """One try; what the database committed until `replayed` is known to it."""
        with self.redis.pipeline() as pipe:
            yield Trying(self.redis, self._vault, pipe, replayed.timestamp() if replayed is not None else 0.0)

    def count(self) -> int:
        """How many wait to be made good."""
        return self.redis.llen(TRIES)

    def first(self, most: int) -> list[Entry]:
        """The oldest ones. What no key opens any more is put aside."""
        found = []
        for sealed in cast(list[bytes], self.redis.lrange(TRIES, 0, most - 1)):
            try:
                found.append(_read(self._vault, sealed))
            except NoKey:
                log.error("a try that was kept is opened by no key, and put aside: it is neither counted nor recorded")
                self._take_out(sealed, UNREADABLE)
        return found

    def made_good(self, entries: Sequence[Entry], at: float) -> None:
        """Say that these are in the database, which said `at` afterwards. As good as done once, if it is done twice."""
        with self.redis.pipeline() as pipe:
            for entry in entries:
                pipe.lrem(TRIES, 1, cast(str, entry.sealed))
                for changed in entry.changed:
                    _keep(pipe, changed._replace(change=changed.change._replace(made_good=at)))
            pipe.execute()

    def _take_out(self, sealed: bytes, into: str) -> None:
        with self.redis.pipeline() as pipe:
            pipe.lrem(TRIES, 1, cast(str, sealed))
            pipe.rpush(into, sealed)
            pipe.execute()


class Trying:
    """One try, until it is committed: `tallies` and `lookup` tell it what they would else write."""

    def __init__(self, redis: Redis, vault: Vault, pipe: Pipeline, replayed: float) -> None:
        self._redis, self._vault, self._pipe, self._replayed = redis, vault, pipe, replayed
        self._now = 0
        self._found: dict[bytes, Tally] = {}
        self._changed: list[Changed] = []
        self._looks: list[Look] = []

    def lock(self, connection: Connection, spans: Mapping[bytes, int], now: int) -> dict[bytes, Tally]:
        """What tallies have, in the database and here; should somebody else change them first, `commit` fails."""
        keys = sorted(spans)
        self._now = now
        self._pipe.watch(*map(_name, keys))  # type: ignore[no-untyped-call] # the library has no types there
        with self._redis.pipeline(transaction=False) as asking:
            asking.llen(TRIES)
            for key in keys:
                asking.hgetall(_name(key))
            [waiting, *told] = asking.execute()
        if waiting >= MOST:
            raise DatabaseAway("KeptEnough")
        rows = {bytes(row.key): row._replace(key=bytes(row.key)) for row in LOOK.run(connection, keys)}
        found = {key: rows.get(key) or Tally(key, spans[key], 0, now, False) for key in keys}
        for key, fields in zip(keys, told, strict=True):
            for change in (Change.unpack(fields[name]) for name in sorted(fields)):
                if not 0 < change.made_good <= self._replayed:
                    found[key] = change.applied_to(found[key])
            if not found[key].left(now):
                found[key] = found[key]._replace(tries=0, since=now)
        self._found |= found
        return found

    def write(self, tallies: Collection[Tally]) -> None:
        """Say what tallies have that are locked."""
        for after in tallies:
            change = Change.between(self._found[after.key], after, self._now)
            self._changed.append(Changed(after.key, after.span, _new_field(), change))
            self._found[after.key] = after

    def record(self, look: Look) -> None:
        """Keep a row of the access record."""
        self._looks.append(look)

    def commit(self) -> None:
        """Keep all of it. Raises Overtaken. What was refused has changed nothing, and is not kept."""
        if not self._changed and not self._looks:
            return
        self._pipe.multi()
        for changed in self._changed:
            _keep(self._pipe, changed)
        self._pipe.rpush(TRIES, _seal(self._vault, self._changed, self._looks))
        try:
            self._pipe.execute()
        except WatchError:
            raise Overtaken from None


def _keep(pipe: Pipeline, changed: Changed) -> None:
    name = _name(changed.key)
    pipe.hset(name, cast(str, changed.field), cast(str, changed.change.pack()))
    pipe.expire(name, changed.span + HOUR)


def _name(key: bytes) -> str:
    return TALLY + key.hex()


def _new_field() -> bytes:
    """Fields are sorted in the order of their making."""
    return time.time_ns().to_bytes(8, "big") + secrets.token_bytes(4)


def _seal(vault: Vault, changed: Sequence[Changed], looks: Sequence[Look]) -> bytes:
    content = {
        "id": secrets.token_hex(16),
        "changed": [(c.key.hex(), c.span, c.field.hex(), c.change.pack().hex()) for c in changed],
        "looks": [(look.person_id, look.at.isoformat(), look.door, look.asker.hex()) for look in looks],
    }
    return vault.seal_json(content, PLACE, 0)


def _read(vault: Vault, sealed: bytes) -> Entry:
    """Raises NoKey."""
    content = vault.open_json(sealed, PLACE, 0)
    unhex = bytes.fromhex
    changed = [Changed(unhex(key), span, unhex(f), Change.unpack(unhex(c))) for key, span, f, c in content["changed"]]
    looks = [Look(id, datetime.fromisoformat(at), Door(door), unhex(asker)) for id, at, door, asker in content["looks"]]
    return Entry(unhex(content["id"]), changed, looks, sealed)

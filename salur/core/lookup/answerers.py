"""Puts together who answers: the database alone, or a standby too while none can be written to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from salur.core.limits.attempts import Attempts
from salur.core.lookup.answering import Answering
from salur.core.lookup.lookup import Lookup
from salur.core.storage.database import Database
from salur.core.storage.servers import names_several
from salur.core.storage.vault import Vault

if TYPE_CHECKING:  # Redis is loaded where there is one
    from salur.core.lookup.stand_in import StandIn


def answering_of(
    lookup: Lookup,
    database: Database,
    vault: Vault,
    attempts: Attempts,
    clock: Callable[[], datetime],
    *,
    url: str,
    redis_url: str,
    seconds: int,
) -> tuple[StandIn | None, Answering]:
    """Where several servers are named (`url`), and a Redis, a standby answers while none can be written to."""
    if not redis_url or not names_several(url):
        return None, Answering(lookup)
    from salur.core.limits.kept import KeptTries
    from salur.core.lookup.making_good import MakingGood
    from salur.core.lookup.stand_in import StandIn
    from salur.core.storage.standby import Standby

    kept = KeptTries(redis_url, vault)
    stand_in = StandIn(Standby(url, seconds=seconds), kept)
    standing = Lookup(stand_in, vault, attempts, clock)
    return stand_in, Answering(lookup, standing, stand_in, MakingGood(database, vault, kept, clock))

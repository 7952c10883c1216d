"""What an asker may ask over all numbers together: so many missed, so many right.

A chat is one person, and so is an IPv6 /64, nearly. An IPv4 address may be a village behind its carrier, and so may a
/48; but a /48 is also 65,536 askers for whoever rents one. Only numbers missed for the first time count.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from salur.core.limits.asker import Asker
from salur.core.limits.tallies import DAY, HOUR
from salur.core.storage.vault import Vault

RIGHT_GIVES_BACK = 4  # misses, for each number found right for the first time
UNDER_STRAIN = 4  # while the whole site is guessed at, a budget is this part of itself


class Budget(NamedTuple):
    """So many numbers in so many seconds: missed ones, or (`of_rights`) right ones. Each right one gives some back."""

    limit: int
    span: int
    of_rights: bool = False
    given_back: int = RIGHT_GIVES_BACK


# The longer the guessing, the longer the wait: up to an hour, then up to a day.
ONE_PERSON = {"miss": Budget(10, HOUR), "miss-day": Budget(30, DAY), "right": Budget(60, HOUR, of_rights=True)}
A_VILLAGE = {"miss": Budget(40, HOUR), "miss-day": Budget(120, DAY), "right": Budget(2_400, HOUR, of_rights=True)}
A_NETWORK = {"miss": Budget(80, HOUR), "miss-day": Budget(240, DAY)}
# At a counter there is one visitor after the other, and not all are listed. Nothing is given back: who sits there knows
# numbers and names enough to win back as many guesses as they like.
A_DESK = {
    "miss": Budget(20, HOUR, given_back=0),
    "miss-day": Budget(60, DAY, given_back=0),
    "right": Budget(120, HOUR, of_rights=True),
}


def budgets_of(vault: Vault, asker: Asker, *, strained: bool = False, of: str = "") -> Mapping[bytes, Budget]:
    """The budgets of an asker and of the network they are in, by the digests of their tallies.

    `of` names what has budgets of its own beside those of questions.
    """
    own = A_DESK if asker.kind == "desk" else A_VILLAGE if asker.is_shared else ONE_PERSON
    strained &= asker.kind != "desk"  # which is the way out for who finds a number closed
    whose = [(f"{asker.kind}:{asker.value}", own)]
    if asker.network is not None:
        whose.append((f"network:{asker.network}", A_NETWORK))
    return {
        vault.digest("budget", f"{of}{what}:{who}".encode()): _strained(budget) if strained else budget
        for who, budgets in whose
        for what, budget in budgets.items()
    }


def _strained(budget: Budget) -> Budget:
    return budget if budget.of_rights else budget._replace(limit=max(budget.limit // UNDER_STRAIN, 1))

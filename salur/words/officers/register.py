"""The register of accounts."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from salur.core.officers.answers import Account
from salur.core.rollout.answers import AccountState
from salur.words.language import N_, Say

STATES: Mapping[AccountState, str] = MappingProxyType(
    {
        AccountState.ALL: N_("Semua"),
        AccountState.ACTIVE: N_("Aktif dalam 30 hari"),
        AccountState.UNSEEN: N_("Tidak masuk 30 hari"),
        AccountState.FACTOR: N_("Langkah kedua terpasang"),
        AccountState.ENDING: N_("Masa tugas segera selesai"),
        AccountState.CLOSED: N_("Ditutup"),
    }
)


def state(which: AccountState, say: Say) -> str:
    """`Aktif dalam 30 hari`."""
    return say(STATES[which])


def second_factor(account: Account, say: Say) -> str:
    """Whether there is one."""
    return say("terpasang") if account.second_factor else say("belum")

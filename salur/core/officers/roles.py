"""Who works with Salur, and where: roles, the areas that bound them, and who invites whom.

The chain is that of the tiered circular (surat edaran berjenjang) and of proposals: RT, RW, kelurahan, kecamatan,
Dinas Sosial. The payout officer (juru bayar) stands beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from salur.core.regions.region import DISTRICT, REGENCY, VILLAGE
from salur.core.regions.territory import Territory


class Role(StrEnum):
    """What an account is for."""

    RT = "rt"
    RW = "rw"
    KELURAHAN = "kelurahan"
    KECAMATAN = "kecamatan"
    DINSOS = "dinsos"
    PAYOUT = "payout"  # juru bayar


# From the neighbourhood up to the office; each level invites the one below it.
CHAIN = (Role.RT, Role.RW, Role.KELURAHAN, Role.KECAMATAN, Role.DINSOS)
INVITES: Mapping[Role, tuple[Role, ...]] = MappingProxyType(
    {
        Role.DINSOS: (Role.KECAMATAN, Role.PAYOUT),
        Role.KECAMATAN: (Role.KELURAHAN,),
        Role.KELURAHAN: (Role.RW,),
        Role.RW: (Role.RT,),
    }
)
# Who has a desk.
DESK = (Role.KELURAHAN, Role.KECAMATAN, Role.DINSOS)
# Whose accounts an office closes and resets within its area, and sees on its desk: all below it.
OVERSEES: Mapping[Role, tuple[Role, ...]] = MappingProxyType(
    {
        Role.DINSOS: (Role.KECAMATAN, Role.KELURAHAN, Role.RW, Role.RT, Role.PAYOUT),
        Role.KECAMATAN: (Role.KELURAHAN, Role.RW, Role.RT),
        Role.KELURAHAN: (Role.RW, Role.RT),
        Role.RW: (Role.RT,),
    }
)
NEEDS_SECOND_FACTOR = frozenset({Role.DINSOS})
CODE_LENGTHS: Mapping[Role, tuple[int, ...]] = MappingProxyType(
    {
        Role.RT: (VILLAGE,),
        Role.RW: (VILLAGE,),
        Role.KELURAHAN: (VILLAGE,),
        Role.KECAMATAN: (DISTRICT,),
        Role.DINSOS: (REGENCY,),
        Role.PAYOUT: (REGENCY, DISTRICT, VILLAGE),
    }
)


@dataclass(frozen=True, slots=True)
class Officer:
    """Who asks, when it is no resident: an account with its role and the territory that bounds it.

    `region_name` is the official name of its region. No name of a person: an account is an office.
    """

    account: int
    username: str
    role: Role
    territory: Territory
    region_name: str

    def is_above(self, role: Role) -> bool:
        """Whether this role stands above another in the chain (the payout officer stands above nobody)."""
        return self.role in CHAIN and role in CHAIN and CHAIN.index(self.role) > CHAIN.index(role)


def fits(territory: Territory, role: Role) -> bool:
    """Whether it is as large as a territory of this role has to be."""
    wants_rw, wants_rt = role in (Role.RW, Role.RT), role is Role.RT
    numbered = (territory.rw is not None) == wants_rw and (territory.rt is not None) == wants_rt
    return numbered and len(territory.region_code) in CODE_LENGTHS[role]

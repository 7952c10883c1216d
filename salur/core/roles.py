"""Who works with Salur, and where: roles, the areas that bound them, and who invites whom.

The chain is that of the tiered circular (surat edaran berjenjang) and of proposals: RT, RW, kelurahan, kecamatan,
Dinas Sosial. The payout officer (juru bayar) stands beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


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
NEEDS_SECOND_FACTOR = frozenset({Role.DINSOS})
# Characters of the region code that a role's area has: `PP.KK`, `PP.KK.CC`, `PP.KK.CC.VVVV`.
REGENCY, DISTRICT, VILLAGE = 5, 8, 13
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
class Territory:
    """The area that bounds what someone sees: a region, and within a kelurahan one RW, and within that one RT."""

    region_code: str
    rw: int | None = None
    rt: int | None = None

    def covers(self, other: Territory) -> bool:
        """Whether all of `other` lies within this one."""
        inside = other.region_code == self.region_code or other.region_code.startswith(self.region_code + ".")
        return inside and self.rw in (None, other.rw) and self.rt in (None, other.rt)

    def fits(self, role: Role) -> bool:
        """Whether it is as large as a territory of this role has to be."""
        wants_rw, wants_rt = role in (Role.RW, Role.RT), role is Role.RT
        numbered = (self.rw is not None) == wants_rw and (self.rt is not None) == wants_rt
        return numbered and len(self.region_code) in CODE_LENGTHS[role]


@dataclass(frozen=True, slots=True)
class Officer:
    """Who asks, when it is no resident: an account with its role and the territory that bounds it.

    `place` is the official name of the region. No name of a person: an account is an office.
    """

    account: int
    username: str
    role: Role
    territory: Territory
    place: str

    def is_above(self, role: Role) -> bool:
        """Whether this role stands above another in the chain (the payout officer stands above nobody)."""
        return self.role in CHAIN and role in CHAIN and CHAIN.index(self.role) > CHAIN.index(role)

"""What roles and offices are called. An office is named, never a person."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from salur.core.roles import Role, Territory
from salur.words.language import Say, mark

ROLES: Mapping[Role, str] = MappingProxyType(
    {
        Role.RT: mark("Ketua RT"),
        Role.RW: mark("Ketua RW"),
        Role.KELURAHAN: mark("Kelurahan"),
        Role.KECAMATAN: mark("Kecamatan"),
        Role.DINSOS: mark("Dinas Sosial"),
        Role.PAYOUT: mark("Juru bayar"),
    }
)
# Address of a page, its name in the navigation, and who finds it there.
_CHAIN = frozenset(Role) - {Role.PAYOUT}
NAV: tuple[tuple[str, str, frozenset[Role]], ...] = (
    ("/wilayah", mark("Daftar"), frozenset(Role)),
    ("/tanda", mark("Tanda"), _CHAIN),
    ("/ganda", mark("Data ganda"), _CHAIN),
    ("/kotak", mark("Pengajuan"), _CHAIN),
    ("/edaran/kotak", mark("Edaran"), _CHAIN),
    ("/undangan", mark("Undang"), _CHAIN - {Role.RT}),
    ("/akun", mark("Akun saya"), frozenset(Role)),
)


def role(which: Role, say: Say) -> str:
    """`Ketua RW`."""
    return say(ROLES[which])


def office(which: Role, territory: Territory, place: str, say: Say) -> str:
    """`Ketua RT 003 RW 005 Tegal Gundil`, `Kelurahan Tegal Gundil`, `Dinas Sosial Kota Bogor`."""
    numbers = []
    if territory.rt is not None:
        numbers.append(f"{territory.rt:03}")
    if territory.rw is not None:
        numbers.append(f"RW {territory.rw:03}" if territory.rt is not None else f"{territory.rw:03}")
    return " ".join([role(which, say), *numbers, place])


def area(territory: Territory, place: str) -> str:
    """`RT 003 RW 005, Tegal Gundil`; the place alone where there is no RW."""
    parts = [f"RT {territory.rt:03}"] if territory.rt is not None else []
    if territory.rw is not None:
        parts.append(f"RW {territory.rw:03}")
    return f"{' '.join(parts)}, {place}" if parts else place


def office_nav(which: Role, say: Say) -> tuple[tuple[str, str], ...]:
    """Addresses and names of the pages that a role works with."""
    return tuple((address, say(label)) for address, label, roles in NAV if which in roles)

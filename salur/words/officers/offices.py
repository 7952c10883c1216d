"""What roles and offices are called. An office is named, never a person."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from salur.core.officers.roles import DESK as WITH_DESK
from salur.core.officers.roles import Role
from salur.core.regions.territory import Territory
from salur.words.language import N_, Say

ROLES: Mapping[Role, str] = MappingProxyType(
    {
        Role.RT: N_("Ketua RT"),
        Role.RW: N_("Ketua RW"),
        Role.KELURAHAN: N_("Kelurahan"),
        Role.KECAMATAN: N_("Kecamatan"),
        Role.DINSOS: N_("Dinas Sosial"),
        Role.PAYOUT: N_("Juru bayar"),
    }
)
# Address of a page, its name in the navigation, and who finds it there.
_CHAIN = frozenset(Role) - {Role.PAYOUT}
NAV: tuple[tuple[str, str, frozenset[Role]], ...] = (
    ("/petugas", N_("Menunggu"), frozenset(Role)),
    ("/wilayah", N_("Daftar"), frozenset(Role)),
    ("/wilayah/angka", N_("Angka"), frozenset(Role)),
    ("/surat/serah", N_("Surat"), frozenset({Role.RT, Role.RW, Role.KELURAHAN, Role.PAYOUT})),
    ("/loket", N_("Loket"), frozenset({Role.KELURAHAN, Role.KECAMATAN, Role.DINSOS})),
    ("/kantor", N_("Kantor"), frozenset({Role.DINSOS})),
    ("/kantor/akun", N_("Kantor"), frozenset(WITH_DESK) - {Role.DINSOS}),
    ("/tanda", N_("Tanda"), _CHAIN),
    ("/ganda", N_("Data ganda"), _CHAIN),
    ("/kotak", N_("Pengajuan"), _CHAIN),
    ("/edaran/kotak", N_("Edaran"), _CHAIN),
    ("/undangan", N_("Undang"), _CHAIN - {Role.RT}),
    ("/akun", N_("Akun saya"), frozenset(Role)),
)
# The pages of the desk, which stand in a second line while one of them is open.
DESK = "/kantor"
DESK_NAV: tuple[tuple[str, str, frozenset[Role]], ...] = (
    ("/kantor/daftar", N_("Kelola daftar"), frozenset({Role.DINSOS})),
    ("/kantor/akun", N_("Akun"), frozenset(WITH_DESK)),
    ("/kantor/catatan", N_("Catatan"), frozenset(WITH_DESK)),
    ("/kantor/pengaturan", N_("Pengaturan"), frozenset({Role.DINSOS})),
    ("/kantor/jadwal", N_("Jadwal"), frozenset({Role.DINSOS})),
    ("/kantor/rencana", N_("Rencana"), frozenset({Role.DINSOS})),
    ("/kantor/tempat", N_("Tempat"), frozenset({Role.DINSOS})),
    ("/kantor/surat", N_("Surat"), frozenset(WITH_DESK)),
    ("/kantor/surat/tertahan", N_("Surat tertahan"), frozenset(WITH_DESK)),
    ("/kantor/pembayaran", N_("Pembayaran"), frozenset({Role.DINSOS})),
    ("/kantor/program", N_("Program"), frozenset({Role.DINSOS})),
    ("/kantor/tunggu", N_("Daftar tunggu"), frozenset({Role.DINSOS})),
)


def role(which: Role, say: Say) -> str:
    """`Ketua RW`."""
    return say(ROLES[which])


def office(which: Role, territory: Territory, region_name: str, say: Say) -> str:
    """`Ketua RT 003 RW 005 Tegal Gundil`, `Kelurahan Tegal Gundil`, `Dinas Sosial Kota Bogor`."""
    numbers = []
    if territory.rt is not None:
        numbers.append(f"{territory.rt:03}")
    if territory.rw is not None:
        numbers.append(f"RW {territory.rw:03}" if territory.rt is not None else f"{territory.rw:03}")
    return " ".join([role(which, say), *numbers, region_name])


def area(territory: Territory, region_name: str) -> str:
    """`RT 003 RW 005, Tegal Gundil`; the region alone where there is no RW."""
    parts = [f"RT {territory.rt:03}"] if territory.rt is not None else []
    if territory.rw is not None:
        parts.append(f"RW {territory.rw:03}")
    return f"{' '.join(parts)}, {region_name}" if parts else region_name


def office_nav(which: Role, say: Say) -> tuple[tuple[str, str], ...]:
    """Addresses and names of the pages that a role works with."""
    return _shown(NAV, which, say)


def desk_nav(which: Role, here: str | None, say: Say) -> tuple[tuple[str, str], ...]:
    """Addresses and names of the desk's pages for a role; none on other pages than the desk's."""
    return _shown(DESK_NAV, which, say) if f"{here}/".startswith(f"{DESK}/") else ()


def _shown(nav: tuple[tuple[str, str, frozenset[Role]], ...], which: Role, say: Say) -> tuple[tuple[str, str], ...]:
    return tuple((address, say(label)) for address, label, roles in nav if which in roles)

"""How each sender lays out a list: titles, headers, columns, foot. Data for `tables`, which writes them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from salur.sample.areas import SEATS, Area
from salur.sample.dirt import Cell, Line
from salur.sample.quarters import Quarter, long_date

Column = tuple[str, Callable[[Line], Cell]]
Words = Callable[[Area, Quarter], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Layout:
    """A sender's habits.

    `over` is a second header row above the first, as (first column, last column, text). `numbered` says that lines
    have a NIK and a KK number; `letters` that they have a letter code.
    """

    suffix: str
    columns: tuple[Column, ...]
    titles: Words = lambda area, quarter: ()
    over: tuple[tuple[int, int, str], ...] = ()
    counted_row: bool = False  # a row 1, 2, 3 … under the header
    sheet_per_district: bool = False
    subtotals: bool = False  # after each kelurahan
    foot: Words = lambda area, quarter: ()
    numbered: bool = True
    letters: bool = False


def _area(line: Line) -> Area:
    return line.grant.household.area


def _sex(line: Line) -> Cell:
    return "PEREMPUAN" if line.grant.person.woman else "Laki-laki"


def _born(line: Line) -> Cell:
    return f"{line.grant.person.born:%d/%m/%Y}"


def _rupiah(line: Line) -> Cell:
    amount = line.grant.amount
    return None if amount is None else "Rp " + f"{amount:,}".replace(",", ".") + ",-"


def _rupiah_short(line: Line) -> Cell:
    return f"Rp{line.grant.amount or 0:,}".replace(",", ".")


def _village_or_same(line: Line) -> Cell:
    return "idem" if line.repeats else _area(line).name.upper()


def _plain(programme: str) -> tuple[Column, ...]:
    return (
        ("NO", lambda x: x.number),
        ("NIK", lambda x: x.nik),
        ("NO KK", lambda x: x.kk),
        ("NAMA PENERIMA", lambda x: x.name),
        ("ALAMAT", lambda x: x.address),
        ("RT", lambda x: f"{x.rt:03}"),
        ("RW", lambda x: f"{x.rw:03}"),
        ("KELURAHAN", lambda x: _area(x).name.upper()),
        ("KECAMATAN", lambda x: _area(x).district.upper()),
        ("BANSOS", lambda x: programme),
        ("TAHAP", lambda x: x.stage),
        ("NOMINAL", lambda x: x.grant.amount),
        ("NO DANOM", lambda x: x.code),
        ("KETERANGAN", lambda x: x.grant.note),
    )


CITY_OFFICE = Layout(  # as a city's Dinas Sosial prints it for signing
    suffix="xlsx",
    titles=lambda area, quarter: (
        "DAFTAR PENERIMA PROGRAM KELUARGA HARAPAN (PKH)",
        f"KECAMATAN {area.district.upper()} {area.regency}",
        quarter.words.upper(),
    ),
    over=((2, 5, "IDENTITAS DI KARTU PESERTA"),),
    columns=(
        ("NO", lambda x: x.number),
        ("NO. KK", lambda x: x.kk),
        ("NIK", lambda x: x.nik),
        ("NAMA LENGKAP", lambda x: x.name),
        ("TANGGAL LAHIR", _born),
        ("L/P", _sex),
        ("ALAMAT", lambda x: x.address),
        ("RT/RW", lambda x: x.rt_rw),
        ("KEL/DESA", _village_or_same),
        ("KEC.", lambda x: f"KEC. {_area(x).district.upper()}"),
        ("JUMLAH", _rupiah),
        ("NO DANOM", lambda x: x.code),
        ("KET", lambda x: x.grant.note),
    ),
    counted_row=True,
    sheet_per_district=True,
    subtotals=True,
    foot=lambda area, quarter: (
        f"{SEATS[area.regency_code]}, {long_date(quarter.issued)}",
        "KEPALA DINAS SOSIAL",
        "",
        "",
        "( ............................ )",
    ),
    letters=True,
)
PLAIN_PKH = Layout(suffix="xlsx", columns=_plain("PKH"), letters=True)
SIKS_COLUMNS: tuple[Column, ...] = (  # as the national system exports it
    ("No", lambda x: x.number),
    ("NIK KPM", lambda x: x.nik),
    ("Nomor KK", lambda x: x.kk),
    ("Nama KPM", lambda x: x.name),
    ("Alamat Lengkap", lambda x: x.address),
    ("RT", lambda x: str(x.rt)),
    ("RW", lambda x: str(x.rw)),
    ("Desa/Kelurahan", lambda x: _area(x).name),
    ("Kec", lambda x: _area(x).district),
    ("Jenis Bansos", lambda x: "SEMBAKO"),
    ("Periode", lambda x: x.stage[-1]),
    ("Nominal Bantuan", _rupiah_short),
    ("Keterangan", lambda x: x.grant.note),
)
SIKS_HTML = Layout(suffix="xls", columns=SIKS_COLUMNS)
CITY_CSV = Layout(
    suffix="csv",
    columns=(
        ("NOKK", lambda x: x.kk),
        ("NIK_KTP", lambda x: x.nik),
        ("NAMA_PENERIMA", lambda x: x.name),
        ("ALAMAT", lambda x: x.address),
        ("RT", lambda x: str(x.rt)),
        ("RW", lambda x: str(x.rw)),
        ("NM KEL", lambda x: _area(x).name.upper().replace(" ", "")),
        ("NM KEC", lambda x: "TANAH SEREAL" if _area(x).district == "Tanah Sareal" else _area(x).district.upper()),
        ("PROGRAM", lambda x: "APBD"),
        ("TAHAP SALUR", lambda x: x.stage),
        ("NILAI", lambda x: x.grant.amount),
        ("NO DANOM", lambda x: x.code),
        ("KET", lambda x: x.grant.note),
    ),
    letters=True,
)
CARRIER = Layout(  # rice: the carrier is given no number of anybody
    suffix="xlsx",
    columns=(
        ("NO_URUT", lambda x: x.number),
        ("NAMA PBP", lambda x: x.name),
        ("ALAMAT", lambda x: x.address),
        ("RT/RW", lambda x: x.rt_rw),
        ("KELURAHAN", lambda x: _area(x).name.upper()),
        ("KECAMATAN", lambda x: _area(x).district.upper()),
        ("KAB/KOTA", lambda x: _area(x).regency),
        ("KPRK", lambda x: _area(x).around.kprk),
        ("KODE", lambda x: x.code),
    ),
    foot=lambda area, quarter: ("###", f"Catatan: data per {long_date(quarter.issued)}"),
    numbered=False,
    letters=True,
)
GROUPS = Layout(
    suffix="xlsx",
    titles=lambda area, quarter: (
        "DAFTAR ANGGOTA KELOMPOK USAHA BERSAMA (KUBE)",
        f"{area.regency} TAHUN {quarter.year}",
    ),
    columns=(
        ("NO", lambda x: x.number),
        ("NAMA KUBE", lambda x: x.grant.group),
        ("NAMA ANGGOTA", lambda x: x.name),
        ("NIK", lambda x: x.nik),
        ("NO. KARTU KELUARGA", lambda x: x.kk),
        ("ALAMAT", lambda x: x.address),
        ("RT", lambda x: str(x.rt)),
        ("RW", lambda x: str(x.rw)),
        ("DESA/KELURAHAN", lambda x: _area(x).name.upper()),
        ("KEC.", lambda x: _area(x).district.upper()),
        ("NILAI", lambda x: x.grant.amount),
    ),
)

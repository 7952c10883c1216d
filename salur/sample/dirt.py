"""How a line looks by the time an office has typed it: harmless disorder, and a few real faults.

The disorder (`1/4`, `RT.01/RW.04`, `idem`, a leading apostrophe) must be read as if it were not there. The faults are
the codes that the intake reports; `spoil` says which one it put in, so that a test can count them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from random import Random

from salur.sample.aid import Grant
from salur.sample.names import Weighted

# Of a hundred lines with a NIK and with only a letter code, how many are faulty.
FAULTY, FAULTY_WITHOUT_NIK = 0.016, 0.025
NUMBERED_FAULTS = Weighted(
    {
        "nik_from_number": 30.0,
        "nik_not_16_digits": 20.0,
        "nik_missing": 12.0,
        "kk_missing": 12.0,
        "nik_serial_zero": 8.0,
        "nik_duplicate": 6.0,
        "nik_impossible_date": 4.0,
        "kk_malformed": 4.0,
        "name_missing": 4.0,
    }
)
LETTER_FAULTS = Weighted({"rt_unclear": 70.0, "no_identity": 30.0})
REFUSED = frozenset({"name_missing", "no_identity"})
UNTIDY_NIK = 0.02
VARIANTS = {"MUHAMMAD": "MUH.", "MUHAMAD": "MUHAMMAD", "SITI": "ST.", "SITTI": "SITI", "ABDUL": "ABD."}
VARIES = 0.04

Cell = str | int | date | None


@dataclass(slots=True)
class Line:
    """The cells of one line, before a layout puts them in its own order. `rt_rw` is for layouts that join the two."""

    number: int
    grant: Grant
    stage: str
    nik: Cell
    kk: Cell
    name: Cell
    address: Cell
    rt: Cell
    rw: Cell
    rt_rw: Cell
    code: Cell
    repeats: bool = False  # the line above is of the same kelurahan, and the clerk says so by a word


def line_of(grant: Grant, number: int, stage: str, code: str | None, rng: Random) -> Line:
    """A sound line, with harmless disorder only. `stage` is such as `Tahap 4`."""
    home, person = grant.household, grant.person
    return Line(
        number=number,
        grant=grant,
        stage=stage,
        nik=person.nik if grant.clean or rng.random() > UNTIDY_NIK else _untidy(person.nik, rng),
        kk=home.kk,
        name=person.name if grant.clean else _variant(person.name, rng),
        address=home.address,
        rt=home.rt,
        rw=home.rw,
        rt_rw=_joined(home.rt, home.rw, rng),
        code=code,
    )


def spoil(line: Line, rng: Random, *, numbered: bool) -> str | None:
    """Put a fault into some lines, in place; gives its code, None for most lines.

    `nik_duplicate` is left to the list, which knows the line before. A line that no list should get wrong stays sound.
    """
    if line.grant.clean or rng.random() > (FAULTY if numbered else FAULTY_WITHOUT_NIK):
        return None
    code = (NUMBERED_FAULTS if numbered else LETTER_FAULTS).pick(rng)
    for field, value in _damage(code, line, rng).items():
        setattr(line, field, value)
    return code


def _damage(code: str, line: Line, rng: Random) -> Mapping[str, Cell]:
    nik, kk = line.grant.person.nik, line.grant.household.kk
    match code:
        case "nik_from_number":
            return {"nik": int(nik[:15]) * 10}  # Excel keeps fifteen digits
        case "nik_not_16_digits":
            return {"nik": nik[:-1] if rng.random() < 0.7 else nik + "1"}
        case "nik_missing":
            return {"nik": None}
        case "nik_serial_zero":
            return {"nik": nik[:12] + "0000"}
        case "nik_impossible_date":
            return {"nik": nik[:6] + "3302" + nik[10:]}
        case "kk_missing":
            return {"kk": None}
        case "kk_malformed":
            return {"kk": kk[:14]}
        case "name_missing":
            return {"name": None}
        case "rt_unclear":
            # Excel takes 3/5 for the third of May.
            return {"rt_rw": date(2026, 1 + line.grant.household.rw % 12, line.grant.household.rt)}
        case "no_identity":
            return {"code": None}
        case _:
            return {}


def _untidy(number: str, rng: Random) -> str:
    """The same sixteen digits as a clerk types them."""
    kind = int(rng.random() * 3)
    if kind == 0:
        return "'" + number
    if kind == 1:
        return " ".join((number[:6], number[6:12], number[12:]))
    return ".".join((number[:4], number[4:8], number[8:12], number[12:]))


def _variant(name: str, rng: Random) -> str:
    first, space, rest = name.partition(" ")
    return f"{VARIANTS[first]} {rest}" if space and first in VARIANTS and rng.random() < VARIES else name


def _joined(rt: int, rw: int, rng: Random) -> str:
    kind = int(rng.random() * 8)
    if kind == 0:
        return f"{rt}/{rw}"
    if kind == 1:
        return f"RT {rt} RW {rw}"
    if kind == 2:
        return f"RT.{rt:02}/RW.{rw:02}"
    return f"{rt:03}/{rw:03}"

"""The figures of an area: what its parts are called, and what of the money is told."""

from __future__ import annotations

from salur.core.figures.answers import Dashboard, KnownRound, Part, Sums
from salur.core.neighbourhood.answers import LineState
from salur.core.regions.region import DISTRICT, REGENCY, VILLAGE
from salur.core.regions.territory import Territory
from salur.words import neighbourhood
from salur.words.language import N_, Say
from salur.words.officers import offices

# By what an area is divided, and what is said of people of whom that is not known.
_DIVIDED = {
    "district": (N_("Kecamatan"), N_("Menurut kecamatan"), N_("Kecamatan tidak diketahui")),
    "village": (N_("Kelurahan"), N_("Menurut kelurahan"), N_("Kelurahan tidak diketahui")),
    "rw": (N_("RW"), N_("Menurut RW"), N_("RW tidak diketahui")),
    "rt": (N_("RT"), N_("Menurut RT"), N_("RT tidak diketahui")),
}
_KINDS = {
    LineState.PAID: "good",
    LineState.DUE: "due",
    LineState.RETURNED: "back",
    LineState.FAILED: "back",
    LineState.SUSPENDED: "part",
}


def divided(area: Territory, say: Say) -> tuple[str, str, str]:
    """What the parts of an area are called, the title of their table, and who is in none of them."""
    if area.rw is not None:
        words = _DIVIDED["rt"]
    else:
        words = _DIVIDED[{REGENCY: "district", DISTRICT: "village", VILLAGE: "rw"}[len(area.region_code)]]
    one, title, nowhere = map(say, words)
    return one, title, nowhere


def place(area: Territory, name: str, say: Say) -> str:
    """`RT 003 RW 005, Tegal Gundil`, `Kelurahan Tegal Gundil`, `Kecamatan Bogor Utara`, `Kota Bogor`."""
    if area.rw is not None:
        return offices.area(area, name)
    if len(area.region_code) == VILLAGE:
        return say("Kelurahan {nama}", nama=name)
    return say("Kecamatan {nama}", nama=name) if len(area.region_code) == DISTRICT else name


def part(one: Part, whole: Territory, say: Say) -> str:
    """A part of an area, beside the others: `RW 005`, `Tegal Gundil`."""
    if one.area is None:
        return divided(whole, say)[2]
    if one.area.rt is not None:
        return f"RT {one.area.rt:03}"
    return f"RW {one.area.rw:03}" if one.area.rw is not None else one.name


def round_name(one: KnownRound, say: Say) -> str:
    """`PKH, tahap 1 2026`."""
    return f"{one.key.programme}, {say.period(one.key.period)}"


def outcomes(sums: Sums, say: Say) -> list[tuple[str, int, int, str]]:
    """What became of the money, as the bars of a drawing: words, people, of how many, kind; what nobody has is left
    out but for the first two."""
    counted = {
        LineState.PAID: sums.paid,
        LineState.DUE: sums.due,
        LineState.RETURNED: sums.returned,
        LineState.FAILED: sums.failed,
        LineState.SUSPENDED: sums.suspended,
    }
    always = (LineState.PAID, LineState.DUE)
    return [
        (neighbourhood.state(state, say), count, sums.people, _KINDS[state])
        for state, count in counted.items()
        if count or state in always
    ]


def shares(board: Dashboard, say: Say) -> list[tuple[str, int, int, str]]:
    """Who was paid in each part, as bars of a drawing."""
    return [
        (part(one, board.area, say), one.sums.paid, one.sums.people, "good") for one in board.parts if one.sums.people
    ]


def rupiah(sums: Sums, say: Say) -> str:
    """The amount; nothing where the lists name none."""
    return say.rupiah(sums.rupiah) if sums.priced else "–"


def days(number: float | None, say: Say) -> str:
    """`3 hari`, `kurang dari 1 hari`; a dash when nothing was decided yet."""
    if number is None:
        return "–"
    whole = round(number)
    return say.plural("{n} hari", "{n} hari", whole) if number >= 1 else say("kurang dari 1 hari")

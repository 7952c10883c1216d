"""Letters that wait to be handed over: one tap each, or all of an RT at once, and taken back for a few minutes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue

from salur.core.errors import NotThere, Refused
from salur.core.letters.handing.kinds import HANDERS, HandingState
from salur.core.limits.kinds import Door
from salur.core.neighbourhood.answers import must_choose
from salur.core.regions.region import VILLAGE, regency_of
from salur.core.regions.territory import Territory
from salur.web.context import LAST_PAGE, services
from salur.web.guard import guarded, officer, only, show_office
from salur.web.locale import say
from salur.words.refusals import refusal

blueprint = guarded(Blueprint("handing", __name__))
HOME = "/surat/serah"
HANDED = "sudah"  # what `keadaan` says of letters handed over
LARGEST = 9_223_372_036_854_775_807  # of an id


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of the letters is shown, as fields of an address and of forms."""

    kelurahan: str
    rw: int | None
    rt: int | None
    state: HandingState
    page: int

    @classmethod
    def read(cls, fields: Mapping[str, str]) -> Part:
        """What is no value of a field is left out."""
        rw, _, rt = fields.get("bagian", "").partition("-")
        state = HandingState.HANDED if fields.get("keadaan") == HANDED else HandingState.WAITING
        code = fields.get("kelurahan", "")[:VILLAGE]
        return cls(code, _number(rw, 999), _number(rt, 999), state, _number(fields.get("hal", ""), LAST_PAGE) or 1)

    @property
    def area(self) -> Territory | None:
        """The area that is meant; None for all of the officer's own."""
        own = officer().territory
        if not self.kelurahan and self.rw is None:
            return None
        return Territory(self.kelurahan or own.region_code, self.rw or own.rw, self.rt or own.rt)

    @property
    def fields(self) -> dict[str, str]:
        """As they stand in an address, without the page."""
        told = {"kelurahan": self.kelurahan}
        if self.rw is not None:
            told["bagian"] = f"{self.rw}-{self.rt or ''}"
        if self.state is HandingState.HANDED:
            told["keadaan"] = HANDED
        return {name: value for name, value in told.items() if value}

    def address(self, **more: object) -> str:
        """The address, with other values of some fields; an empty one is left out."""
        fields = {**self.fields, **{name: str(value) for name, value in more.items()}}
        told = {name: value for name, value in fields.items() if value}
        return f"{HOME}?{urlencode(told)}" if told else HOME


@blueprint.get(HOME)
def letters() -> Response:
    """The letters of one's area."""
    return _shown(Part.read(request.args))


@blueprint.post(HOME)
@only(*HANDERS)
def hand_over() -> ResponseReturnValue:
    """One was handed over."""
    return _done("dicatat", lambda _: services().handing.hand_over(officer(), [_id()], door=Door.SITE))


@blueprint.post(f"{HOME}/semua")
@only(*HANDERS)
def hand_over_all() -> ResponseReturnValue:
    """All that wait in an RT were."""
    return _done("dicatat", _hand_over_all)


@blueprint.post(f"{HOME}/batal")
@only(*HANDERS)
def take_back() -> ResponseReturnValue:
    """Not handed over, after all: one, or all that were said at once."""
    letter = _id() if "surat" in request.form else None
    return _done("dibatalkan", lambda _: services().handing.take_back(officer(), letter, door=Door.SITE))


@blueprint.get(f"{HOME}/semua")
@blueprint.get(f"{HOME}/batal")
def no_page() -> ResponseReturnValue:
    """What was sent there has no address."""
    return redirect(HOME, 303)


def _hand_over_all(part: Part) -> int:
    expected = _number(request.form.get("jumlah", ""), 99_999)
    if expected is None:
        raise Refused("letters_changed")
    area = part.area or officer().territory
    return services().handing.hand_over_all(officer(), area, expected, door=Door.SITE)


def _done(told: str, do: Callable[[Part], int]) -> ResponseReturnValue:
    """Do it, and show the same part again: with the count under that name, or with why not."""
    part = Part.read(request.form)
    try:
        count = do(part)
    except NotThere:
        raise
    except Refused as refused:
        return _shown(part, refused)
    return _back(part, **{told: count})


def _shown(part: Part, refused: Refused | None = None) -> Response:
    if must_choose(officer()) and not part.kelurahan:
        own = officer().territory
        known = services().regions.kelurahan(regency_of(own.region_code))
        kelurahan = [one for one in known if own.covers(Territory(one.code))]
        return show_office("letters/choose_handing.html", kelurahan=kelurahan)
    found = services().handing.letters(officer(), part.area, part.state, part.page, door=Door.SITE)
    done = None if refused else _number(request.args.get("dicatat", ""), 99_999)
    last = services().handing.last_handed(officer(), door=Door.SITE) if done == 1 else None
    return show_office(
        "letters/handing.html",
        422 if refused else 200,
        found=found,
        part=part,
        slip=refusal(refused, say()) if refused else "",
        done=done,
        last=last,
        undone=None if refused else _number(request.args.get("dibatalkan", ""), 99_999),
        states=tuple(HandingState),
        handed=HANDED,
    )


def _back(part: Part, **said: int) -> ResponseReturnValue:
    return redirect(part.address(hal=part.page if part.page > 1 else "", **said), 303)


def _id() -> int:
    typed = request.form.get("surat", "")
    if not (typed.isascii() and typed.isdigit() and len(typed) < 20 and int(typed) <= LARGEST):
        raise NotThere("no_such_letter_here")
    return int(typed)


def _number(typed: str, most: int) -> int | None:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 and int(typed) <= most else None

"""The office's desk for letters: choose, see how many, print, fetch, withdraw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue

from salur.core.errors import NotThere, Refused
from salur.core.letters.issuing.answers import Choice, Counted
from salur.core.letters.issuing.kinds import Paper, Withdrawal
from salur.core.officers.roles import DESK
from salur.core.payouts.answers import AnnouncedSitting
from salur.core.regions.region import VILLAGE, regency_of
from salur.core.regions.territory import Territory
from salur.web.context import LARGEST_ID, ROW_ID, page_asked, services
from salur.web.guard import guarded, officer, show_office
from salur.web.http.downloads import download
from salur.web.letters.public import PDF
from salur.web.locale import say
from salur.words.language import LANGUAGES, SOURCE
from salur.words.printing.refusals import why_not
from salur.words.refusals import refusal

blueprint = guarded(Blueprint("letter_desk", __name__), *DESK)
HOME = "/kantor/surat"
ONE = f"{HOME}/<{ROW_ID}:id>"
MOST_PARTS = 999


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was chosen, as fields of the form and of its address: numbers and codes, nobody's."""

    round: str
    kelurahan: str
    rw: int | None
    rt: int | None
    sitting: int | None
    paper: Paper
    language: str

    @classmethod
    def read(cls, fields: Mapping[str, str]) -> Wanted:
        """From an address or a form; what is no value of a field is left out."""
        paper = fields.get("kertas", "")
        return cls(
            fields.get("putaran", "")[:60],
            fields.get("kelurahan", "")[:VILLAGE],
            _number(fields.get("rw", ""), 999),
            _number(fields.get("rt", ""), 999),
            _number(fields.get("sidang", ""), LARGEST_ID),
            Paper(paper) if paper in set(Paper) else Paper.A5,
            language if (language := fields.get("bahasa", "")) in LANGUAGES else SOURCE,
        )

    @property
    def choice(self) -> Choice:
        """As the core takes it. Raises Refused(`round_missing`)."""
        programme, _, period = self.round.partition("|")
        for id, one in _sittings() if self.sitting is not None else ():
            if id == self.sitting:  # which says itself what is paid there
                programme, period = one.programme, one.period
        if not programme or not period:
            raise Refused("round_missing")
        own = officer().territory
        area = Territory(self.kelurahan or own.region_code, self.rw, self.rt if self.rw is not None else None)
        return Choice(programme, period, area, self.sitting, self.paper, self.language)


@blueprint.get(HOME)
def home() -> Response:
    """What was printed; and how many letters a choice would be."""
    wanted = Wanted.read(request.args)
    if "lihat" not in request.args:
        return _home(wanted)
    try:
        return _home(wanted, counted=services().letter_desk.count(officer(), wanted.choice))
    except Refused as refused:
        return _home(wanted, _why(refused))


@blueprint.post(HOME)
def print_them() -> ResponseReturnValue:
    """Have letters printed, or printed once more."""
    wanted = Wanted.read(request.form)
    try:
        id = services().letter_desk.print(officer(), wanted.choice)
    except Refused as refused:
        return _home(wanted, _why(refused))
    return redirect(f"{HOME}/{id}", 303)


@blueprint.get(ONE)
def one(id: int) -> Response:
    """One printing: how far it is, its files, what became of its letters."""
    return _one(id)


@blueprint.post(f"{ONE}/berkas-<int(max={MOST_PARTS}):part>.pdf")
def fetch(id: int, part: int) -> Response:
    """A file to print."""
    content = services().letter_desk.fetch(officer(), id, part)
    return download(content, PDF, f"surat-{id}-{part}.pdf")


@blueprint.post(f"{ONE}/berhenti")
def stop(id: int) -> ResponseReturnValue:
    """Make no letters after all."""
    services().letter_desk.stop(officer(), id)
    return redirect(f"{HOME}/{id}", 303)


@blueprint.post(f"{ONE}/tarik")
def withdraw(id: int) -> ResponseReturnValue:
    """Letters are good no longer: all, or one by its number."""
    why, typed = request.form.get("sebab", ""), request.form.get("nomor", "").strip()
    number = _number(typed.rpartition("/")[2], LARGEST_ID)
    try:
        if why not in set(Withdrawal):
            raise Refused("reason_missing_for_letters")
        if typed and number is None:
            raise Refused("no_such_letter")
        count = services().letter_desk.withdraw(officer(), id, Withdrawal(why), number)
    except Refused as refused:
        if isinstance(refused, NotThere) and not typed:
            raise
        return _one(id, _why(refused))
    return redirect(f"{HOME}/{id}?ditarik={count}", 303)


@blueprint.get(f"{ONE}/<path:_>")
def no_page(id: int, _: str) -> ResponseReturnValue:
    """What was sent there has no address of its own."""
    return redirect(f"{HOME}/{id}", 303)


def _home(wanted: Wanted, slip: str = "", counted: Counted | None = None) -> Response:
    desk, own = services().letter_desk, officer().territory
    regions = services().regions
    kelurahan = () if len(own.region_code) == VILLAGE else regions.kelurahan(regency_of(own.region_code))
    return show_office(
        "letters/desk.html",
        422 if slip else 200,
        wanted=wanted,
        slip=slip,
        counted=counted,
        rounds=desk.rounds(officer()),
        kelurahan=[one for one in kelurahan if own.covers(Territory(one.code))],
        sittings=_sittings(),
        page=desk.printings(officer(), page_asked()),
        papers=tuple(Paper),
        languages=LANGUAGES,
    )


def _one(id: int, slip: str = "") -> Response:
    desk = services().letter_desk
    printing = desk.show(officer(), id)
    job = printing.job
    why = why_not(job.refused, say()) if job is not None and job.refused else ""
    return show_office(
        "letters/printing.html",
        422 if slip else 200,
        printing=printing,
        parts=desk.parts(officer(), id),
        slip=slip,
        why=why,
        withdrawals=tuple(Withdrawal),
        now=services().clock(),
        withdrawn_now=_number(request.args.get("ditarik", ""), LARGEST_ID),
        languages=LANGUAGES,
    )


def _sittings() -> list[tuple[int, AnnouncedSitting]]:
    """Those to come in the officer's area, by the number of each."""
    board = (one for one in services().planning.board(officer()) if not one.sitting.cancelled)
    return [(area.sitting, one) for one in board for area in one.areas if area.sitting is not None]


def _why(refused: Refused) -> str:
    return why_not(refused, say()) or refusal(refused, say())


def _number(typed: str, most: int) -> int | None:
    digits = typed.strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 11 and int(digits) <= most else None

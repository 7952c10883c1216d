"""One person of a list: found by number, code or name, opened as a whole, corrected. Nothing typed is in an address."""

from __future__ import annotations

import re
from datetime import date

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from salur.core.errors import FieldRefused, Malformed, NotThere, Refused
from salur.core.limits.kinds import Door
from salur.core.lists.answers import ListSummary
from salur.core.lists.corrections.kinds import Basis, Wanted
from salur.core.lists.kinds import ListState, State
from salur.core.names.typed import part_of_name
from salur.core.officers.roles import Role
from salur.core.people.letter_codes import LetterCode
from salur.core.people.nik import Identity, recognise
from salur.core.people.ticket_codes import TicketCode
from salur.web.context import services
from salur.web.guard import guarded, officer, show_office
from salur.web.locale import say
from salur.web.operators.lists.desk import ONE, mine
from salur.web.operators.lists.files import HOME
from salur.words.lists.refusals import why_not
from salur.words.refusals import refusal

blueprint = guarded(Blueprint("list_people", __name__), Role.DINSOS)
PERSON = f"{ONE}/orang/<int(max=9223372036854775807):entitlement>"
LONGEST, LONGEST_NOTE = 100, 500
A_NUMBER = re.compile(r"\d")
RUPIAH = re.compile(r"(?:Rp\.?\s*)?(\d{1,3}(?:[. ]?\d{3})*|\d+)(?:,00)?", re.I)


@blueprint.post(f"{ONE}/cari")
def search(id: int) -> Response:
    """Who is on the list under a number or code, or by a name."""
    summary, typed = mine(id), " ".join(request.form.get("siapa", "").split())[:LONGEST]
    where = request.form.get("kelurahan", "")[:20] or None
    try:
        if A_NUMBER.search(typed):
            hits = services().dossiers.by_number(officer(), id, _number(typed), door=Door.SITE)
        elif name := part_of_name(typed):
            hits = services().dossiers.by_name(officer(), id, name, where, door=Door.SITE)
        else:
            raise Refused("nobody_typed")
    except (Refused, Malformed) as error:
        slip = refusal(error, say()) if isinstance(error, Malformed) else why_not(error, error.facts, say())
        return _searched(summary, 422, slip=slip, typed="" if A_NUMBER.search(typed) else typed, where=where)
    return _searched(summary, hits=hits, typed="" if A_NUMBER.search(typed) else typed, where=where)


@blueprint.get(PERSON)
def show(id: int, entitlement: int) -> Response:
    """All that is known of one person; that it was opened is written down."""
    return _opened(mine(id), entitlement)


@blueprint.post(f"{PERSON}/koreksi")
def correct(id: int, entitlement: int) -> ResponseReturnValue:
    """How they are to stand goes into a correcting draft."""
    summary, form = mine(id), request.form
    if not services().dossiers.is_mine(officer(), entitlement):
        raise NotFound
    try:
        state = next((one for one in State if one == form.get("keadaan")), State.UNCLEAR)
        told = Wanted(state, form.get("alasan") or None, _rupiah(form.get("jumlah", "")), form.get("nama", "")[:200])
        decree = form.get("surat", "")[:200]
        basis = Basis(" ".join(form.get("sebab", "").split())[:LONGEST_NOTE], decree, _day(form.get("tanggal", "")))
        draft = services().corrections.correct(entitlement, told, basis, by=officer().account)
    except NotThere:
        raise NotFound from None
    except Refused as refused:
        return _opened(summary, entitlement, slip=why_not(refused, refused.facts, say()), wrong=_field(refused))
    return redirect(f"{HOME}/{draft}?selesai=koreksi", 303)


@blueprint.post(f"{PERSON}/keluarkan")
def drop(id: int, entitlement: int) -> ResponseReturnValue:
    """Somebody is taken out of a correcting draft again."""
    mine(id)
    if not services().dossiers.is_mine(officer(), entitlement):
        raise NotFound
    try:
        services().corrections.drop(id, entitlement, by=officer().account)
    except NotThere:
        raise NotFound from None
    except Refused as refused:
        return _refused(id, refused)
    return redirect(f"{HOME}/{id}?selesai=keluar", 303)


@blueprint.get(f"{PERSON}/<path:_>")
def no_page(id: int, entitlement: int, _: str) -> ResponseReturnValue:
    """What was sent there has no address of its own."""
    return redirect(f"{HOME}/{id}/orang/{entitlement}", 303)


def _number(typed: str) -> Identity:
    """A NIK, KK number or letter code. What looks like a ticket is a letter's here. Raises Malformed."""
    found = recognise(typed)
    return LetterCode.parse(typed) if isinstance(found, TicketCode) else found


def _rupiah(typed: str) -> int | None:
    if not typed.strip():
        return None
    found = RUPIAH.fullmatch(typed.strip())
    if found is None:
        raise FieldRefused("amount", "amount_wrong")
    return int(re.sub(r"\D", "", found[1]))


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed.strip()) if typed.strip() else None
    except ValueError:
        raise FieldRefused("issued_on", "day_unclear") from None


def _field(refused: Refused) -> str | None:
    return refused.field if isinstance(refused, FieldRefused) else None


def _refused(id: int, refused: Refused) -> Response:
    slip = why_not(refused, refused.facts, say())
    return show_office("operators/refused.html", 422, slip=slip, back=f"{HOME}/{id}")


def _searched(summary: ListSummary, status: int = 200, **values: object) -> Response:
    kelurahan = services().dossiers.kelurahan(officer(), summary.id)
    return show_office("operators/lists/people.html", status, summary=summary, kelurahan=kelurahan, **values)


def _opened(summary: ListSummary, entitlement: int, *, slip: str | None = None, wrong: str | None = None) -> Response:
    try:
        dossier = services().dossiers.open(officer(), entitlement, door=Door.SITE)
    except NotThere:
        raise NotFound from None
    return show_office(
        "operators/lists/person.html",
        422 if slip else 200,
        summary=summary,
        one=dossier,
        may_correct=dossier.opened.list_state is ListState.PUBLISHED,
        typed=request.form if slip else {},
        slip=slip,
        wrong=wrong,
    )

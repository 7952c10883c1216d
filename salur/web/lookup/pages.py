"""The main job: the form, and the answer to it. Nothing personal ever stands in an address."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request, session
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError

from salur.core.errors import Refused, TooManyAttempts
from salur.core.lookup.answers import Listed, NotOnTheList, OnTheList
from salur.core.proposals.answers import NoTicket, Status
from salur.web import refusals
from salur.web.context import services, show, show_form, visitor
from salur.web.http import kept
from salur.web.http.origin import own_origin, surely_ours
from salur.web.lookup.alike import show_answer
from salur.web.lookup.forms import CheckForm
from salur.web.lookup.tickets import open_status
from salur.web.lookup.unanswered import CLOSED, MISS, NO_TICKET, SLIP, UNANSWERED, unanswered, why_not
from salur.words.refusals import kind_of

blueprint = Blueprint("public", __name__)


@blueprint.get("/")
def home() -> Response:
    """Say what this is and what it never asks for, and ask for number and name."""
    letters = "kode" in request.args
    return show_form("lookup/check.html", "letters" if letters else "", form=CheckForm(), letters=letters)


@blueprint.post("/cek")
def check() -> ResponseReturnValue:
    """Answer, at an address that tells nothing, so that *back* and a reload work."""
    kept.drop(kept.ANSWER, kept.TOLD)
    form = CheckForm.read(request.form)
    typed = form.nomor, form.nama
    identity = form.understood()
    if identity is None:
        return unanswered(SLIP, *typed)
    try:
        found = services().asking.find(identity, form.nama, asker=visitor())
    except TooManyAttempts as closed:
        return unanswered(CLOSED, *typed, closed)
    match found:
        case Status():
            return open_status(found)
        case NoTicket():
            return unanswered(NO_TICKET, *typed)
        case NotOnTheList():
            return unanswered(MISS, *typed, found)
        case Listed() | OnTheList():
            return _answered(found.way_back, kind_of(identity, found))


@blueprint.get("/cek")
def check_again() -> ResponseReturnValue:
    """A phone that dropped the page asks for its address again: back to the form."""
    return redirect("/", 303)


@blueprint.get("/jawaban")
def answer_again() -> ResponseReturnValue:
    """The last answer of this browser, for a quarter of an hour."""
    if not (found := kept.kept(kept.ANSWER)):
        return redirect("/", 303)
    back, kind = found
    try:
        if kind in UNANSWERED:
            return why_not(kind, services().asking.missed(back))
        return show_answer(services().asking.again(back), kind)
    except Refused:
        kept.drop(kept.ANSWER)
        return show("lookup/check.html", 410, form=CheckForm(), letters=kind == "letter", problem="answer_gone")


@blueprint.post("/jawaban")
def close_answer() -> ResponseReturnValue:
    """Forget the answer, on a phone that others use."""
    kept.forget()
    return redirect("/", 303)


def _answered(way: str, kind: str) -> ResponseReturnValue:
    """On to what lists say; shown at once where the browser can keep no way back."""
    if not kept.keep(kept.ANSWER, way, kind):
        return show_answer(services().asking.again(way), kind)
    return kept.go_to("/jawaban")


@blueprint.errorhandler(CSRFError)
def form_expired(error: CSRFError) -> Response:
    """Show the form again. What was typed is kept only if the browser vouches that our own page sent it."""
    if request.endpoint != "public.check":
        return refusals.form_expired(error)
    form = CheckForm.read(request.form) if surely_ours(request.headers, own_origin) else CheckForm()
    problem = "form_expired" if session else "cookies_missing"
    return show("lookup/check.html", 400, form=form, letters=form.typed_letters, problem=problem)

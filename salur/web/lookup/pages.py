"""The main job: the form, and the answer to it. Nothing personal ever stands in an address."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request, session
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError

from salur.core.asking.answers import Found, Missed
from salur.core.errors import Refused
from salur.core.lookup.answers import NotOnTheList, OnTheList
from salur.core.people.nik import Identity, LetterCode
from salur.core.people.ticket_codes import TicketCode
from salur.core.proposals.answers import NoTicket, Status
from salur.web import refusals
from salur.web.context import humans, services, show, visitor
from salur.web.http import kept
from salur.web.http.origin import own_origin, surely_ours
from salur.web.locale import say
from salur.web.lookup.forms import CheckForm
from salur.web.proposals.tickets import open_status
from salur.words.refusals import after_a_miss, kind_of

blueprint = Blueprint("public", __name__)
MISS = ""  # in place of the kind of number that an answer was for


@blueprint.get("/")
def home() -> Response:
    """Say what this is and what it never asks for, and ask for number and name."""
    return show("lookup/check.html", form=CheckForm(), letters="kode" in request.args)


@blueprint.post("/cek")
def check() -> ResponseReturnValue:
    """Answer, at an address that tells nothing, so that *back* and a reload work."""
    kept.drop(kept.ANSWER, kept.TOLD)
    form = CheckForm.read(request.form)
    identity = form.understood()
    if identity is None:
        return show("lookup/check.html", 422, form=form, letters=form.typed_letters, problem=form.problem)
    return _found(form, identity, services().asking.ask(identity, form.nama, asker=visitor()))


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
        if kind == MISS:
            return _missed(services().asking.missed(back))
        return show("lookup/answer.html", answer=services().asking.again(back), kind=kind)
    except Refused:
        kept.drop(kept.ANSWER)
        return show("lookup/check.html", 410, form=CheckForm(), letters=kind == "letter", problem="answer_gone")


@blueprint.post("/jawaban")
def close_answer() -> ResponseReturnValue:
    """Forget the answer, on a phone that others use."""
    kept.forget()
    return redirect("/", 303)


def _found(form: CheckForm, identity: Identity | TicketCode, found: Found) -> ResponseReturnValue:
    """What lists say of someone, or what became of a proposal."""
    match found:
        case Status():
            assert isinstance(identity, TicketCode)
            return open_status(found)
        case NoTicket():
            return show("lookup/check.html", 422, form=form, letters=True, problem="no_ticket")
        case OnTheList():
            kind = kind_of(identity, found)
            if not kept.keep(kept.ANSWER, found.way_back, kind):
                return show("lookup/answer.html", answer=found, kind=kind)
            return kept.go_to("/jawaban")
        case NotOnTheList():
            missed = Missed(form.nomor, form.nama, found)
            if not kept.keep(kept.ANSWER, services().asking.keep(missed), MISS):
                return _missed(missed)
            return kept.go_to("/jawaban")


def _missed(missed: Missed) -> Response:
    """What was not found, with the form as it was typed and what is left to try."""
    form = CheckForm(missed.number, missed.name, warned=missed.number, warned_name=missed.name)
    identity = form.understood()
    assert identity is not None
    left = after_a_miss(missed.found, identity, say(), zone=services().settings.zone)
    told = {"form": form, "left": left, "by_letter": isinstance(identity, LetterCode), **humans()}
    return show("lookup/not_listed.html", 200, answer=missed.found, **told)


@blueprint.errorhandler(CSRFError)
def form_expired(error: CSRFError) -> Response:
    """Show the form again. What was typed is kept only if the browser vouches that our own page sent it."""
    if request.endpoint != "public.check":
        return refusals.form_expired(error)
    form = CheckForm.read(request.form) if surely_ours(request.headers, own_origin) else CheckForm()
    problem = "form_expired" if session else "cookies_missing"
    return show("lookup/check.html", 400, form=form, letters=form.typed_letters, problem=problem)

"""Proposals of residents: four short forms, a receipt, and what became of it. No account; no code in any address."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request, session
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import RequestEntityTooLarge

from salur.core.errors import FieldsRefused, Refused, TooManyAttempts
from salur.core.people.nik import Kk, Nik, recognise
from salur.core.people.ticket_codes import TicketCode
from salur.core.proposals.answers import NoTicket, Receipt, Status
from salur.web import refusals
from salur.web.context import services, show, show_public, visitor
from salur.web.http import kept
from salur.web.http.origin import own_origin, surely_ours
from salur.web.locale import say
from salur.web.lookup.tickets import open_status
from salur.web.lookup.unanswered import CLOSED, NO_TICKET, unanswered
from salur.web.proposals.forms import (
    ContestForm,
    KoreksiForm,
    LaporanForm,
    ReplyForm,
    SanggahForm,
    TicketForm,
    UsulanForm,
    WrongForm,
    tell,
)
from salur.words.language import N_
from salur.words.refusals import refusal

blueprint = Blueprint("proposals", __name__, url_prefix="/pengajuan")
EITHER = ["GET", "POST"]
TOO_LARGE = N_("Semua foto bersama paling besar 15 MB. Tekan tombol kembali, pilih foto yang lebih kecil, lalu kirim.")
# endpoint -> its form and page, for showing one again that was open for too long
PAGES: dict[str, tuple[type[FlaskForm], str]] = {
    "proposals.usulan": (UsulanForm, "proposals/usulan.html"),
    "proposals.sanggah": (SanggahForm, "proposals/sanggah.html"),
    "proposals.laporan": (LaporanForm, "proposals/laporan.html"),
    "proposals.koreksi": (KoreksiForm, "proposals/koreksi.html"),
}


def again(problem: str) -> Response:
    """A form that was open for too long, with what was typed in it; files have to be chosen again."""
    form_type, page = PAGES.get(request.endpoint or "", (TicketForm, "proposals/ticket.html"))
    known = {"known": True} if request.form.get("kunci") else {}
    form = WrongForm() if known else form_type()
    files = any(file.filename for file in request.files.values())
    told = refusal(problem, say())
    return show(page, 400, form=form, problem=told, files_again=files, back_to=request.path, **known)


@blueprint.get("")
def kinds() -> Response:
    """What the four kinds are, which to choose, how long it takes."""
    return show_public("proposals/kinds.html")


@blueprint.route("/usulan", methods=EITHER)
def usulan() -> ResponseReturnValue:
    """Propose oneself or a neighbour, with up to three photos."""
    return _sent()


@blueprint.get("/usulan/diri")
def usulan_diri() -> ResponseReturnValue:
    """Propose oneself after a check that found nothing, with what was typed there."""
    back, *kind = kept.kept(kept.ANSWER) or [""]
    try:
        missed = services().asking.missed(back) if kind == [""] else None
    except Refused:
        missed = None
    if missed is None:
        return redirect("/pengajuan/usulan", 303)
    number = recognise(missed.number, warned=missed.number)
    known = {
        "nik": missed.number if isinstance(number, Nik) else "",
        "kk": missed.number if isinstance(number, Kk) else "",
    }
    return show("proposals/usulan.html", form=UsulanForm(untuk="self", nama=missed.name, **known))


@blueprint.route("/sanggah", methods=EITHER)
def sanggah() -> ResponseReturnValue:
    """Object to someone who is listed."""
    return _sent()


@blueprint.route("/laporan", methods=EITHER)
def laporan() -> ResponseReturnValue:
    """Report a levy, a withheld letter, a payment that never came; anonymously, if one likes."""
    return _sent()


@blueprint.route("/koreksi", methods=EITHER)
def koreksi() -> ResponseReturnValue:
    """Have one's data corrected; whoever has just checked (`kunci`) need not say again who they are."""
    if not request.form.get("kunci"):
        return _sent()
    form = WrongForm()
    if "cerita" not in request.form:  # the button on the record brought them here
        if kept.keep(kept.RECORD, form.kunci.data):
            return kept.go_to("/pengajuan/koreksi/saya")
        return show("proposals/koreksi.html", form=form, known=True)
    try:
        receipt = services().proposals.correct(form.kunci.data, form.alasan.data, form.cerita.data, asker=visitor())
    except FieldsRefused as error:
        tell(form, error.slips)
        return show("proposals/koreksi.html", 422, form=form, known=True)
    except Refused as error:
        problem = refusal(error, say())
        return show("proposals/koreksi.html", 422, form=_still_known(KoreksiForm(formdata=None), form), problem=problem)
    return _taken(receipt)


@blueprint.get("/koreksi/saya")
def koreksi_saya() -> ResponseReturnValue:
    """The short form for whoever has just checked."""
    if not (found := kept.kept(kept.RECORD)):
        return redirect("/pengajuan/koreksi", 303)
    return show("proposals/koreksi.html", form=WrongForm(formdata=None, kunci=found[0]), known=True)


@blueprint.route("/tentang", methods=EITHER)
def tentang() -> ResponseReturnValue:
    """Say against an answer that the money never came, or that one is still entitled: who and what is filled in."""
    form = ContestForm()
    opening = form.is_submitted() and "cerita" not in request.form  # the button on the answer brought them here
    if not form.is_submitted():
        form.kunci.data = next(iter(kept.kept(kept.TOLD)), "")
    try:
        told = services().proposals.told(form.kunci.data)
        if opening and kept.keep(kept.TOLD, form.kunci.data):
            return kept.go_to("/pengajuan/tentang")
        if not form.is_submitted() or opening:
            return show("proposals/contest.html", form=form, told=told)
        receipt = services().proposals.contest(form.kunci.data, form.cerita.data, asker=visitor())
    except FieldsRefused as error:
        tell(form, error.slips)
        return show("proposals/contest.html", 422, form=form, told=told)
    except Refused as error:
        kept.drop(kept.TOLD)
        return show("proposals/check_first.html", 410, problem=refusal(error, say()), typed=form.cerita.data)
    kept.drop(kept.TOLD)
    return _taken(receipt)


@blueprint.get("/terkirim")
def terkirim() -> ResponseReturnValue:
    """The receipt of what this browser sent last, for a quarter of an hour: the only time that the code is shown."""
    try:
        receipt = services().proposals.receipt(next(iter(kept.kept(kept.RECEIPT)), ""))
    except Refused:
        return _gone(kept.RECEIPT)
    return _receipt(receipt)


@blueprint.get("/tiket")
def tiket() -> ResponseReturnValue:
    """The ticket that this browser opened last, as it is now, for a quarter of an hour."""
    way_back, done = kept.kept(kept.TICKET) or ("", "")
    try:
        opened = services().proposals.again(way_back)
    except Refused:
        return _gone(kept.TICKET)
    return _status(opened.status, opened.code, opened.name, done=done)


@blueprint.route("/status", methods=EITHER)
def status() -> ResponseReturnValue:
    """Code and name: the steps, who has it now, what there is to do."""
    form = TicketForm()
    if not form.validate_on_submit():
        return _ticket_form(form)
    typed = form.kode.data, form.nama.data
    try:
        found = services().proposals.status(*form.ticket, asker=visitor())
    except TooManyAttempts as closed:
        return unanswered(CLOSED, *typed, closed)
    return open_status(found) if isinstance(found, Status) else unanswered(NO_TICKET, *typed)


@blueprint.route("/status/<any(jawab, keberatan):what>", methods=EITHER)
def reply(what: str) -> ResponseReturnValue:
    """Answer a question, or object to a no."""
    form = ReplyForm()
    if not form.is_submitted():
        return _ticket_form(TicketForm())
    if not form.validate():
        return _ticket_form(form)
    act = services().proposals.answer if what == "jawab" else services().proposals.object_
    try:
        return _shown(form, act(*form.ticket, form.kata.data, asker=visitor()), done=what)
    except FieldsRefused as error:
        tell(form, error.slips)
    return _shown(form, services().proposals.status(*form.ticket, asker=visitor()))


def _sent() -> ResponseReturnValue:
    """Show the form of this address, or send what was filled in."""
    form_type, page = PAGES[request.endpoint or ""]
    form = form_type()
    if not form.is_submitted():
        return show(page, form=form)
    proposals, readable = services().proposals, form.validate()
    try:
        if readable:
            return _taken(proposals.send(form.draft(), asker=visitor()))
        proposals.check(form.draft())  # so that all that is wrong is said at once
    except FieldsRefused as error:
        tell(form, error.slips)
    files = any(file.filename for file in request.files.values())
    return show(page, 422, form=form, files_again=files)


def _taken(receipt: Receipt) -> ResponseReturnValue:
    """On to the receipt: a reload of that sends nothing again."""
    kept.keep(kept.RECEIPT, receipt.way_back)
    return kept.go_to("/pengajuan/terkirim")


def _gone(name: str) -> ResponseReturnValue:
    """What was kept is over, or never was: code and name open the ticket."""
    kept.drop(name)
    return redirect("/pengajuan/status", 303)


def _receipt(receipt: Receipt) -> Response:
    address = f"{own_origin().partition('://')[2]}/pengajuan/status"
    return show("proposals/receipt.html", receipt=receipt, zone=services().settings.zone, address=address)


def _ticket_form(form: TicketForm, **values: object) -> Response:
    wrong = form.is_submitted()
    back_to = request.path if isinstance(form, ReplyForm) else None
    return show("proposals/ticket.html", 422 if wrong else 200, form=form, back_to=back_to, **values)


def _shown(form: TicketForm, found: Status | NoTicket, done: str = "") -> ResponseReturnValue:
    if isinstance(found, NoTicket):
        return _ticket_form(form, problem=refusal("no_ticket", say()))
    if isinstance(form, ReplyForm) and form.errors:
        return _status(found, *form.ticket, form=form)
    return open_status(found, done)


def _status(found: Status, code: TicketCode, name: str, *, form: ReplyForm | None = None, done: str = "") -> Response:
    """What became of it. Code and name go on in the form of a reply, and stand in no address."""
    zone = services().settings.zone
    return show(
        "proposals/status.html",
        422 if form else 200,
        found=found,
        code=code,
        name=name,
        form=form,
        done=done,
        zone=zone,
    )


def _still_known(form: KoreksiForm, before: WrongForm) -> KoreksiForm:
    """The long form, with what was written in the short one: the pass has run out meanwhile."""
    form.alasan.data, form.cerita.data = before.alasan.data, before.cerita.data
    return form


@blueprint.errorhandler(CSRFError)
def form_expired(error: CSRFError) -> Response:
    """Show the form again, if the browser vouches that our own page sent it; what a pass fills in has run out."""
    if request.endpoint != "proposals.tentang" and surely_ours(request.headers, own_origin):
        return again("form_expired" if session else "cookies_missing")
    return refusals.form_expired(error)


@blueprint.errorhandler(RequestEntityTooLarge)
def too_large(_error: RequestEntityTooLarge) -> Response:
    """Photos are what is too large here."""
    return show("message.html", 413, heading=N_("Fotonya terlalu besar"), text=TOO_LARGE)

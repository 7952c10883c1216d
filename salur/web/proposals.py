"""Proposals of residents: four short forms, a receipt, and what became of it. No account; no code in any address."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from salur import words
from salur.core.errors import Refused
from salur.core.proposal_answers import NoTicket, Receipt, Status
from salur.core.regions import time_zone
from salur.web.context import services, show, show_public, visitor
from salur.web.locale import say
from salur.web.origin import own_origin
from salur.web.proposal_forms import (
    KoreksiForm,
    LaporanForm,
    ReplyForm,
    SanggahForm,
    TicketForm,
    UsulanForm,
    WrongForm,
)
from salur.words import mark

blueprint = Blueprint("proposals", __name__, url_prefix="/pengajuan")
EITHER = ["GET", "POST"]
TOO_LARGE = mark(
    "Semua foto bersama paling besar 15 MB. Tekan tombol kembali, pilih foto yang lebih kecil, lalu kirim."
)
# endpoint -> its form and page, for showing one again that was open for too long
PAGES: dict[str, tuple[type[Any], str]] = {
    "proposals.usulan": (UsulanForm, "proposal_usulan.html"),
    "proposals.sanggah": (SanggahForm, "proposal_sanggah.html"),
    "proposals.laporan": (LaporanForm, "proposal_laporan.html"),
    "proposals.koreksi": (KoreksiForm, "proposal_koreksi.html"),
}


def again(problem: str) -> Response:
    """A form that was open for too long, with what was typed in it; files have to be chosen again."""
    form_type, page = PAGES.get(request.endpoint or "", (TicketForm, "proposal_ticket.html"))
    known = {"known": True} if request.form.get("kunci") else {}
    form = WrongForm() if known else form_type()
    files = any(file.filename for file in request.files.values())
    told = words.refusal(problem, say())
    return show(page, 400, form=form, problem=told, files_again=files, back_to=request.path, **known)


@blueprint.get("")
def kinds() -> Response:
    """What the four kinds are, which to choose, how long it takes."""
    return show_public("proposals.html")


@blueprint.route("/usulan", methods=EITHER)
def usulan() -> ResponseReturnValue:
    """Propose oneself or a neighbour, with up to three photos."""
    return _sent()


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
    """Have one's data corrected; whoever has just checked (`kunci`) need not say again who he is."""
    if not request.form.get("kunci"):
        return _sent()
    form = WrongForm()
    asked_first = "cerita" not in request.form  # the button on the answer brought him here
    if asked_first or not form.validate_on_submit():
        return show(
            "proposal_koreksi.html", 200 if asked_first else 422, form=form, known=True, asked_first=asked_first
        )
    try:
        receipt = services().proposals.correct(
            form.kunci.data, form.alasan.data, form.cerita.data, services().settings.city, asker=visitor()
        )
    except Refused as error:
        problem = words.refusal(error, say())
        return show("proposal_koreksi.html", 422, form=_still_known(KoreksiForm(formdata=None), form), problem=problem)
    return _receipt(receipt)


@blueprint.route("/status", methods=EITHER)
def status() -> ResponseReturnValue:
    """Code and four digits: the steps, who has it now, what there is to do."""
    form = TicketForm()
    if not form.validate_on_submit():
        return _ticket_form(form)
    return _shown(form, services().proposals.status(*form.ticket, asker=visitor()))


@blueprint.route("/status/<any(jawab, keberatan):what>", methods=EITHER)
def reply(what: str) -> ResponseReturnValue:
    """Answer a question, or object to a no."""
    form = ReplyForm()
    if not form.is_submitted():
        return _ticket_form(TicketForm())
    if form.validate():
        act = services().proposals.answer if what == "jawab" else services().proposals.object_
        return _shown(form, act(*form.ticket, form.kata.data, asker=visitor()), done=what)
    if form.kode.errors or form.angka.errors:
        return _ticket_form(form)
    return _shown(form, services().proposals.status(*form.ticket, asker=visitor()))


def _sent() -> ResponseReturnValue:
    """Show the form of this address, or send what was filled in."""
    form_type, page = PAGES[request.endpoint or ""]
    form = form_type()
    if not form.validate_on_submit():
        files = any(file.filename for file in request.files.values())
        return show(page, 422 if form.is_submitted() else 200, form=form, files_again=files)
    return _receipt(services().proposals.send(form.draft(), asker=visitor()))


def _receipt(receipt: Receipt) -> Response:
    """The only time that the code is shown. Directly, without a redirect: it stands in no address."""
    address = f"{own_origin().partition('://')[2]}/pengajuan/status"
    return show("proposal_receipt.html", receipt=receipt, zone=_zone(), address=address)


def _ticket_form(form: TicketForm, **values: Any) -> Response:
    wrong = form.is_submitted()
    back_to = request.path if isinstance(form, ReplyForm) else None
    return show("proposal_ticket.html", 422 if wrong else 200, form=form, back_to=back_to, **values)


def _shown(form: TicketForm, found: Status | NoTicket, done: str | None = None) -> Response:
    if isinstance(found, NoTicket):
        return _ticket_form(form, not_found=True)
    return show("proposal_status.html", found=found, form=form, done=done, zone=_zone())


def _still_known(form: KoreksiForm, before: WrongForm) -> KoreksiForm:
    """The long form, with what was written in the short one: the pass has run out meanwhile."""
    form.alasan.data, form.cerita.data = before.alasan.data, before.cerita.data
    return form


def _zone() -> Any:
    return time_zone(services().settings.city)

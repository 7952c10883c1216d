"""Circulars at the office: the inbox, acknowledging, who has not, and for Dinsos writing and sending."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from salur.core.circulars.answers import LARGEST_PDF
from salur.core.errors import FieldRefused, UnfitPdf
from salur.core.officers.roles import CHAIN, Role
from salur.web.circulars.forms import CircularForm
from salur.web.circulars.pdf import pdf_response
from salur.web.context import LARGEST_ID, number_asked, page_asked, services
from salur.web.guard import guarded, officer, only, show_office
from salur.web.locale import say
from salur.words import circulars
from salur.words.refusals import refusal

blueprint = guarded(Blueprint("circulars", __name__), *CHAIN)


@blueprint.get("/edaran/kotak")
def inbox() -> Response:
    """What came to the officer, what waits first, or that alone. For Dinsos, what its city sent."""
    waiting = request.args.get("bagian") == "menunggu"
    found = services().circulars.inbox(officer(), page_asked(), only_waiting=waiting)
    return show_office("circulars/inbox.html", found=found, only_waiting=waiting)


@blueprint.get("/edaran/kotak/<int(max=2147483647):id>")
def received(id: int) -> Response:
    """One circular, the two buttons, and who below has not acknowledged it."""
    found = services().circulars.show(officer(), id)
    tree = services().circulars.tree(officer(), id, request.args.get("wilayah"))
    if found is None or tree is None:
        raise NotFound
    return show_office("circulars/received.html", received=found, tree=tree, done=request.args.get("selesai"))


@blueprint.get("/edaran/kotak/<int(max=2147483647):id>.pdf")
def received_pdf(id: int) -> Response:
    """Its document."""
    return pdf_response(services().circulars.pdf(officer(), id), kept=False)


@blueprint.post("/edaran/kotak/<int(max=2147483647):id>/baca", defaults={"what": "read"})
@blueprint.post("/edaran/kotak/<int(max=2147483647):id>/sampai", defaults={"what": "passed_on"})
def acknowledge(id: int, what: str) -> ResponseReturnValue:
    """Someone says that they read it, or passed it on."""
    if services().circulars.acknowledge(officer(), id, what) is None:
        raise NotFound
    return redirect(f"/edaran/kotak/{id}?selesai=tanda", 303)


@blueprint.route("/edaran/tulis", methods=["GET", "POST"])
@only(Role.DINSOS)
def write() -> ResponseReturnValue:
    """A new circular, or a draft once more (`dari`); it is looked at before it is sent."""
    choices = services().circulars.areas(officer())
    form = CircularForm()
    if form.validate_on_submit():
        upload = form.pdf.data
        pdf = upload.read(LARGEST_PDF + 1) if upload else None
        try:
            id = services().circulars.prepare(officer(), form.as_draft(), pdf or None, instead_of=form.earlier)
            return redirect(f"/edaran/tulis/{id}", 303)
        except FieldRefused as error:
            form[error.field].errors = [refusal(error, say())]
        except UnfitPdf as error:
            form.pdf.errors = [circulars.unfit_pdf(error, say())]
    earlier = services().circulars.draft(officer(), number_asked("dari", 0, most=LARGEST_ID))
    if earlier is not None and not form.is_submitted():
        form.fill(earlier[0], earlier[1].circular.id)
    return show_office("circulars/write.html", 422 if form.is_submitted() else 200, form=form, choices=choices)


@blueprint.get("/edaran/tulis/<int(max=2147483647):id>")
@only(Role.DINSOS)
def preview(id: int) -> Response:
    """As it will look, and whom it will reach."""
    found = services().circulars.draft(officer(), id)
    if found is None:
        raise NotFound
    _, drafted, reach = found
    return show_office("circulars/preview.html", received=drafted, reach=reach)


@blueprint.get("/edaran/tulis/<int(max=2147483647):id>.pdf")
@only(Role.DINSOS)
def preview_pdf(id: int) -> Response:
    """The document that goes with it."""
    return pdf_response(services().circulars.draft_pdf(officer(), id), kept=False)


@blueprint.post("/edaran/tulis/<int(max=2147483647):id>/kirim")
@only(Role.DINSOS)
def send(id: int) -> ResponseReturnValue:
    """Off it goes. Pressed twice, it is sent once."""
    if not services().circulars.send(officer(), id) and services().circulars.show(officer(), id) is None:
        raise NotFound
    return redirect(f"/edaran/kotak/{id}?selesai=kirim", 303)


@blueprint.post("/edaran/kotak/<int(max=2147483647):id>/tarik")
@only(Role.DINSOS)
def withdraw(id: int) -> ResponseReturnValue:
    """It no longer holds."""
    if not services().circulars.withdraw(officer(), id):
        raise NotFound
    return redirect(f"/edaran/kotak/{id}?selesai=tarik", 303)

"""Files become lists: sent, looked at, corrected, imported as a draft. The pages read no file; a runner does."""

from __future__ import annotations

from io import BytesIO

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue

from salur.core.errors import Refused
from salur.core.lists.answers import Contradicted
from salur.core.lists.importing.kinds import Contradiction
from salur.core.officers.roles import Role
from salur.core.people.among import without_numbers
from salur.core.uploads.answers import Upload
from salur.core.uploads.kinds import UploadKind, UploadState
from salur.documents.fault_workbook import write_faults
from salur.documents.list_workbook import XLSX
from salur.web.context import services
from salur.web.guard import guarded, officer, show_office
from salur.web.http.downloads import download
from salur.web.locale import say
from salur.web.operators.forms import FactsForm, columns_chosen
from salur.web.operators.receiving import arrived, sender, stop_work_on, takes_files, upload_of
from salur.words.lists.faults import explain_fault
from salur.words.lists.refusals import why_not

blueprint = guarded(Blueprint("list_files", __name__), Role.DINSOS)
HOME = "/kantor/daftar"
ONE = f"{HOME}/berkas/<int(max=9223372036854775807):id>"
takes_files(blueprint, "send", "correct")


@blueprint.post(f"{HOME}/unggah")
def send() -> ResponseReturnValue:
    """One file or many; of each a list, or of all of them one."""
    try:
        with arrived() as files:
            ids = services().uploads.accept(
                files, *sender(), one_list=request.form.get("bersama") == "1", sender=_named()
            )
    except Refused as refused:
        slip = why_not(refused, refused.facts, say())
        return show_office("operators/refused.html", 422, slip=slip, back=HOME)
    return redirect(f"{HOME}/berkas/{ids[0]}" if len(ids) == 1 else HOME, 303)


@blueprint.get(ONE)
def show(id: int) -> ResponseReturnValue:
    """How far it is; when it was read, what was understood, and what is asked of it."""
    upload = _upload(id)
    if upload.state is UploadState.IMPORTED:
        return redirect(f"{HOME}/{upload.list}", 303)
    form = _facts(upload)
    if upload.findings is not None:
        form.propose(upload.findings, upload.sender)
    return _shown(upload, form)


@blueprint.post(f"{ONE}/kolom")
def columns(id: int) -> ResponseReturnValue:
    """Columns are corrected, and the file is read once more."""
    upload = _upload(id)
    try:
        chosen = columns_chosen(upload, request.form)
        services().uploads.read_again(id, *sender(), chosen, remember=request.form.get("ingat") == "1")
    except Refused as refused:
        return _refused(upload, refused)
    return redirect(f"{HOME}/berkas/{id}", 303)


@blueprint.post(f"{ONE}/lupakan")
def forget(id: int) -> ResponseReturnValue:
    """What is remembered of the columns of such files is forgotten, and this one read without it."""
    try:
        services().uploads.forget(id, *sender())
    except Refused as refused:
        return _refused(_upload(id), refused)
    return redirect(f"{HOME}/berkas/{id}", 303)


@blueprint.post(f"{ONE}/lagi")
def again(id: int) -> ResponseReturnValue:
    """What failed or was stopped is tried once more."""
    try:
        services().uploads.read_again(id, *sender())
    except Refused as refused:
        return _refused(_upload(id), refused)
    return redirect(f"{HOME}/berkas/{id}", 303)


@blueprint.post(f"{ONE}/perbaikan")
def correct(id: int) -> ResponseReturnValue:
    """The workbook of faulty rows comes back; only its rows are judged anew."""
    try:
        with arrived() as files:
            if not files:
                raise Refused("no_file")
            services().uploads.correct(id, *sender(), files[0])
    except Refused as refused:
        return _refused(_upload(id), refused)
    return redirect(f"{HOME}/berkas/{id}", 303)


@blueprint.post(f"{ONE}/salah.xlsx")
def faults(id: int) -> ResponseReturnValue:
    """The faulty rows, for the sender: they come back by the marks in them."""
    uploads = services().uploads
    header, rows = uploads.faulty_rows(id, officer().territory.region_code)
    explained = [(row, cells, [explain_fault(*one.partition(":")[::2]) for one in codes]) for row, cells, codes in rows]
    content = BytesIO()
    write_faults(content, explained, header, lambda row: uploads.mark_of(id, row))
    return download(content.getvalue(), XLSX, "baris-salah.xlsx")


@blueprint.post(f"{ONE}/impor")
def import_(id: int) -> ResponseReturnValue:
    """The facts of the list are told, and a draft is made of it."""
    upload = _upload(id)
    form = _facts(upload)
    if not form.validate():
        return _shown(upload, form, status=422)
    try:
        services().uploads.import_(id, *sender(), form.told, as_file_says=form.holds.data == "file")
    except Contradicted as contradicted:
        return _shown(upload, form, status=422, found=list(contradicted.found))
    except Refused as refused:
        return _shown(upload, form, status=422, slip=why_not(refused, refused.facts, say()))
    return redirect(f"{HOME}/berkas/{id}", 303)


@blueprint.post(f"{ONE}/berhenti")
def stop(id: int) -> ResponseReturnValue:
    """What is being done with it is stopped."""
    stop_work_on(_upload(id))
    return redirect(f"{HOME}/berkas/{id}", 303)


@blueprint.post(f"{ONE}/buang")
def throw_away(id: int) -> ResponseReturnValue:
    """It is not wanted."""
    try:
        services().uploads.throw_away(id, officer().territory.region_code)
    except Refused as refused:
        return _refused(_upload(id), refused)
    return redirect(HOME, 303)


@blueprint.get(f"{ONE}/<path:_>")
def no_page(id: int, _: str) -> ResponseReturnValue:
    """What was sent there has no address of its own."""
    return redirect(f"{HOME}/berkas/{id}", 303)


def _named() -> str:
    """Who made the files, as the operator says; an office, and no number."""
    return without_numbers(" ".join(request.form.get("pengirim", "").split()))


def _upload(id: int) -> Upload:
    return upload_of(id, UploadKind.LIST)


def _facts(upload: Upload) -> FactsForm:
    form = FactsForm()
    programmes = services().programmes.all()
    form.offer([(p.code, p.name) for p in programmes], say())
    return form


def _refused(upload: Upload, refused: Refused) -> Response:
    form = _facts(upload)
    if upload.findings is not None:
        form.propose(upload.findings, upload.sender)
    return _shown(upload, form, status=422, slip=why_not(refused, refused.facts, say()))


def _shown(
    upload: Upload,
    form: FactsForm,
    *,
    status: int = 200,
    slip: str | None = None,
    found: list[Contradiction] | None = None,
) -> Response:
    facts = {"usernames": services().accounts.usernames(), "now": services().clock()}
    return show_office("operators/upload.html", status, upload=upload, form=form, slip=slip, found=found, **facts)

"""Reports of payments on the desk: sent, compared with the lists beside the site, looked at, published, taken back."""

from __future__ import annotations

from collections.abc import Collection
from io import BytesIO

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from salur.core.errors import NotThere, Refused
from salur.core.limits.kinds import Door
from salur.core.officers.roles import Role
from salur.core.pages import Page
from salur.core.payouts.answers import FileState, PayoutFile, Sum
from salur.core.payouts.kinds import By, Round
from salur.core.uploads.answers import Upload
from salur.core.uploads.kinds import UploadKind, UploadState
from salur.documents.fault_workbook import write_faults
from salur.documents.list_workbook import XLSX
from salur.web.context import page_asked, services
from salur.web.guard import guarded, officer, show_office
from salur.web.http.downloads import download
from salur.web.locale import say
from salur.web.operators.forms import columns_chosen
from salur.web.operators.receiving import arrived, sender, stop_work_on, takes_files, upload_of
from salur.words.payouts.reports import DONE, reason, why_not

blueprint = guarded(Blueprint("payment_desk", __name__), Role.DINSOS)
HOME = "/kantor/pembayaran"
SENT = f"{HOME}/berkas/<int(max=9223372036854775807):id>"
ONE = f"{HOME}/<int(max=9223372036854775807):id>"
PAGE, LARGEST = 25, 9_223_372_036_854_775_807  # of an id
takes_files(blueprint, "send")


@blueprint.get(HOME)
def home() -> Response:
    """Sending reports, what waits of them, how a round stands, and all reports."""
    return _home()


@blueprint.post(f"{HOME}/unggah")
def send() -> ResponseReturnValue:
    """One report or several, all of one round."""
    account, region_code = sender()
    try:
        with arrived() as files:
            round = _round(request.form.get("putaran", ""))
            services().payments.expects(round)
            told = {"programme": round.programme, "period": round.period, "region_code": region_code}
            ids = services().uploads.accept(files, account, region_code, kind=UploadKind.PAYMENTS, told=told)
    except Refused as refused:
        return _home(slip=why_not(refused, refused.facts, say()))
    return redirect(f"{HOME}/berkas/{ids[0]}" if len(ids) == 1 else HOME, 303)


@blueprint.get(SENT)
def sent(id: int) -> ResponseReturnValue:
    """How far it is, or why it became no report."""
    upload = _upload(id)
    if upload.state is UploadState.IMPORTED:
        return redirect(f"{HOME}/{upload.report}", 303)
    return _sent(upload)


@blueprint.post(f"{SENT}/kolom")
def columns(id: int) -> ResponseReturnValue:
    """Columns are corrected, and the file is read once more; the draft that it became is put away."""
    upload = _upload(id)
    try:
        chosen = columns_chosen(upload, request.form)
        if upload.report is not None and _file(upload.report).state is not FileState.UNDONE:
            if _file(upload.report).state is not FileState.DRAFT or not upload.has_file:
                raise Refused("file_gone")
            services().payments.undo(upload.report, _by())
        services().uploads.report_again(id, *sender(), chosen)
    except Refused as refused:
        return _sent(upload, why_not(refused, refused.facts, say()))
    return redirect(f"{HOME}/berkas/{id}", 303)


@blueprint.post(f"{SENT}/berhenti")
def stop(id: int) -> ResponseReturnValue:
    """What is being done with it is stopped."""
    stop_work_on(_upload(id))
    return redirect(f"{HOME}/berkas/{id}", 303)


@blueprint.post(f"{SENT}/buang")
def throw_away(id: int) -> ResponseReturnValue:
    """It is not wanted."""
    try:
        services().uploads.throw_away(id, officer().territory.region_code, UploadKind.PAYMENTS)
    except Refused as refused:
        return _sent(_upload(id), why_not(refused, refused.facts, say()))
    return redirect(HOME, 303)


@blueprint.post(f"{SENT}/sisa.xlsx")
def rest_of_upload(id: int) -> ResponseReturnValue:
    """The rows of one that became no report, with reasons."""
    return _rest(_upload(id).id)


@blueprint.get(ONE)
def show(id: int) -> Response:
    """One report: what it says, what of it is of no use, and its life."""
    return _shown(_file(id))


@blueprint.post(f"{ONE}/terbitkan", defaults={"step": "terbit"})
@blueprint.post(f"{ONE}/batalkan", defaults={"step": "batal"})
def change(id: int, step: str) -> ResponseReturnValue:
    """Publish a draft, or take back what a report changed; a draft is put away."""
    file = _file(id)
    try:
        if step == "terbit":
            services().payments.publish(id, _by())
        else:
            services().payments.undo(id, _by())
        if (upload := services().uploads.of_report(id, officer().territory.region_code)) is not None:
            services().uploads.let_go(upload, officer().territory.region_code)
    except Refused as refused:
        return _shown(file, slip=why_not(refused, refused.facts, say()))
    return redirect(f"{HOME}/{id}?selesai={step}", 303)


@blueprint.post(f"{ONE}/pilih")
def choose(id: int) -> ResponseReturnValue:
    """Whom a row means that may mean one of several; or none of them."""
    file, sent = _file(id), request.form
    number, said = sent.get("baris", ""), sent.get("siapa", "")
    try:
        if not (_is_number(number) and (said == "bukan" or _is_number(said))):
            raise Refused("nobody_chosen")
        services().payments.choose(id, int(number), None if said == "bukan" else int(said), _by())
    except Refused as refused:
        return _shown(file, slip=why_not(refused, refused.facts, say()))
    return redirect(f"{HOME}/{id}?selesai=pilih", 303)


@blueprint.post(f"{ONE}/sisa.xlsx")
def rest(id: int) -> ResponseReturnValue:
    """The rows that are of no use, with reasons, for the sender."""
    file = _file(id)
    upload = services().uploads.of_report(file.id, officer().territory.region_code)
    if upload is None:
        raise NotFound
    return _rest(upload, {str(line.row) for line in file.not_used})


@blueprint.get(f"{SENT}/<path:_>")
@blueprint.get(f"{ONE}/<path:_>")
@blueprint.get(f"{HOME}/unggah", defaults={"id": 0, "_": ""})
def no_page(id: int, _: str) -> ResponseReturnValue:
    """What was sent there has no address of its own."""
    return redirect(HOME, 303)


def _is_number(sent: str) -> bool:
    return sent.isascii() and sent.isdigit() and len(sent) < 20 and int(sent) <= LARGEST


def _by() -> By:
    return By(*sender())


def _round(sent: str) -> Round:
    """The round as a form names it. Raises Refused(`round_missing`)."""
    programme, _, period = sent.partition(" ")
    if not programme or not period:
        raise Refused("round_missing")
    return Round(programme, period)


def _upload(id: int) -> Upload:
    return upload_of(id, UploadKind.PAYMENTS)


def _file(id: int) -> PayoutFile:
    try:
        return services().payments.show(id, _by())
    except NotThere:
        raise NotFound from None


def _rest(upload: int, only: Collection[str] | None = None) -> Response:
    """All its rows of no use, or only these."""
    header, rows = services().uploads.faulty_rows(upload, officer().territory.region_code, UploadKind.PAYMENTS)
    explained = [
        (row, cells, [reason(one.partition(":")[2], say()) for one in codes])
        for row, cells, codes in rows
        if only is None or row in only
    ]
    content = BytesIO()
    write_faults(content, explained, header)
    return download(content.getvalue(), XLSX, "baris-tidak-dipakai.xlsx")


def _home(slip: str | None = None) -> Response:
    by, payments = _by(), services().payments
    rounds = payments.rounds(by)
    asked = request.values.get("putaran", "")
    chosen = next((one for one in rounds if f"{one.programme} {one.period}" == asked), rounds[0] if rounds else None)
    totals = payments.totals(chosen, by) if chosen else None
    kecamatan = [
        (services().regions.name(code), Sum.of(villages.values()), villages)
        for code, villages in (totals.by_kecamatan if totals else {}).items()
    ]
    return show_office(
        "operators/payments.html",
        422 if slip else 200,
        kecamatan=sorted(kecamatan, key=lambda one: one[0] or "~"),
        uploads=services().uploads.all(officer().territory.region_code, UploadKind.PAYMENTS),
        rounds=rounds,
        chosen=chosen,
        totals=totals,
        page=Page.cut(page_asked(), payments.all(by), PAGE),
        slip=slip,
        now=services().clock(),
    )


def _sent(upload: Upload, slip: str | None = None) -> Response:
    status = 422 if slip else 200
    return show_office("operators/payment_upload.html", status, upload=upload, slip=slip, now=services().clock())


def _shown(file: PayoutFile, slip: str | None = None) -> Response:
    file = _file(file.id)
    kept = services().uploads.of_report(file.id, officer().territory.region_code)
    done = request.args.get("selesai", "")
    return show_office(
        "operators/payment.html",
        422 if slip else 200,
        file=file,
        usernames=services().accounts.usernames(),
        has_rest=kept is not None and bool(file.not_used),
        upload=_upload(kept) if kept is not None else None,
        choices=services().payments.choices(file.id, officer(), _by(), door=Door.SITE),
        is_draft=file.state is FileState.DRAFT,
        slip=slip,
        done=say()(DONE[done]) if done in DONE else None,
    )

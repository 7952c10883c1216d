"""Workbooks of schedules: sent, read beside the site, then drafts."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue

from salur.core.errors import Refused
from salur.core.officers.roles import Role
from salur.core.uploads.answers import Upload
from salur.core.uploads.kinds import UploadKind, UploadState
from salur.web.context import services
from salur.web.guard import guarded, officer, show_office
from salur.web.locale import say
from salur.web.operators.receiving import arrived, sender, stop_work_on, takes_files, upload_of
from salur.words.lists.refusals import why_not
from salur.words.payouts.planning import why_unread

blueprint = guarded(Blueprint("schedule_files", __name__), Role.DINSOS)
HOME = "/kantor/jadwal"
ONE = f"{HOME}/berkas/<int(max=9223372036854775807):id>"
takes_files(blueprint, "send")


@blueprint.post(f"{HOME}/unggah")
def send() -> ResponseReturnValue:
    """One workbook or several; each becomes a draft of its own."""
    year, part = request.form.get("year", "").strip(), request.form.get("part", "")
    period = f"{year}-{part}" if len(year) == 4 and year.isascii() and year.isdecimal() and part else ""
    told = {"programme": request.form.get("programme", ""), "period": period}
    try:
        with arrived() as files:
            ids = services().uploads.accept(files, *sender(), kind=UploadKind.SCHEDULE, told=told)
    except Refused as refused:
        slip = why_not(refused, refused.facts, say())
        return show_office("operators/refused.html", 422, slip=slip, back=HOME)
    return redirect(f"{HOME}/berkas/{ids[0]}" if len(ids) == 1 else HOME, 303)


@blueprint.get(ONE)
def show(id: int) -> ResponseReturnValue:
    """How far it is; once it is read, its draft."""
    upload = _upload(id)
    if upload.state is UploadState.IMPORTED and upload.job is not None and upload.job.result:
        return redirect(f"{HOME}/konsep/{upload.job.result['file']}", 303)
    return _shown(upload)


@blueprint.post(f"{ONE}/lagi")
def again(id: int) -> ResponseReturnValue:
    """What failed or was stopped is tried once more."""
    try:
        services().uploads.read_again(id, *sender(), kind=UploadKind.SCHEDULE)
    except Refused as refused:
        return _shown(_upload(id), why_not(refused, refused.facts, say()))
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
        services().uploads.throw_away(id, officer().territory.region_code, UploadKind.SCHEDULE)
    except Refused as refused:
        return _shown(_upload(id), why_not(refused, refused.facts, say()))
    return redirect(HOME, 303)


@blueprint.get(f"{ONE}/<path:_>")
def no_page(id: int, _: str) -> ResponseReturnValue:
    """What was sent there has no address of its own."""
    return redirect(f"{HOME}/berkas/{id}", 303)


def _upload(id: int) -> Upload:
    return upload_of(id, UploadKind.SCHEDULE)


def _shown(upload: Upload, slip: str | None = None) -> Response:
    refused = upload.job.refused if upload.job is not None and upload.job.is_over else None
    told = why_unread(refused, upload.job.facts, say()) if refused and upload.job is not None else []
    status = 422 if slip else 200
    now = services().clock()
    return show_office("planning/upload.html", status, upload=upload, told=told, slip=slip, now=now)

"""Where letters are withheld, by RT, for kelurahan, kecamatan and Dinas Sosial; and the same to take away."""

from __future__ import annotations

from flask import Blueprint, Response, redirect
from flask.typing import ResponseReturnValue

from salur.core.officers.roles import DESK
from salur.documents.dashboard_files import CSV
from salur.documents.list_workbook import XLSX
from salur.documents.withheld_files import withheld_as_csv, withheld_as_xlsx
from salur.web.context import page_asked, services
from salur.web.guard import guarded, officer, show_office
from salur.web.http.downloads import download
from salur.web.locale import say

blueprint = guarded(Blueprint("withheld", __name__), *DESK)
HOME = "/kantor/surat/tertahan"
NAME = "surat-diserahkan"


@blueprint.get(HOME)
def by_rt() -> Response:
    """RT by RT, those first where letters are withheld."""
    return show_office("letters/withheld.html", found=services().withheld.by_rt(officer(), page_asked()))


@blueprint.post(f"{HOME}.xlsx")
def workbook() -> Response:
    """All RT as a workbook."""
    found = services().withheld.export(officer())
    return download(withheld_as_xlsx(found, officer(), say()), XLSX, f"{NAME}-{found.made_at:%Y-%m-%d}.xlsx")


@blueprint.post(f"{HOME}.csv")
def table() -> Response:
    """The same as csv."""
    found = services().withheld.export(officer())
    return download(withheld_as_csv(found, say()), CSV, f"{NAME}-{found.made_at:%Y-%m-%d}.csv")


@blueprint.get(f"{HOME}.xlsx")
@blueprint.get(f"{HOME}.csv")
def copy_again() -> ResponseReturnValue:
    """A copy has no address."""
    return redirect(HOME, 303)

"""The list of a neighbourhood: filtered, searched, sorted, a page at a time, and as a copy to work with on paper."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue

from salur.core.limits.kinds import Door
from salur.core.neighbourhood.answers import must_choose
from salur.documents.list_workbook import XLSX, list_as_xlsx
from salur.documents.paper.typesetting import PDF
from salur.documents.paper.walking_list import walking_list_as_pdf
from salur.web.context import services
from salur.web.guard import guarded, officer, show_office
from salur.web.http.downloads import download
from salur.web.locale import say
from salur.web.neighbourhood.filter import PATH, Asked, address

blueprint = guarded(Blueprint("neighbourhood", __name__))


@blueprint.get(PATH)
def listed() -> Response:
    """A page of the list; for offices with several kelurahan first the choice of one."""
    asked = Asked.in_address(request.args)
    if _lacks_kelurahan(asked):
        return show_office("neighbourhood/choose.html", overview=services().neighbourhood.overview(officer()))
    return shown(asked)


@blueprint.post(PATH)
def search() -> ResponseReturnValue:
    """Search by a part of a name. Without one it is a filter, which has an address of its own."""
    asked = Asked.in_form(request.form)
    if _lacks_kelurahan(asked) or not (asked.slip or asked.filter.is_search):
        return redirect(address(asked.fields), 303)
    return shown(asked, 422 if asked.slip else 200)


@blueprint.post(f"{PATH}/unduh.xlsx")
def workbook() -> ResponseReturnValue:
    """All that fits the filter, as a workbook."""
    asked = Asked.in_form(request.form)
    if _lacks_kelurahan(asked):
        return redirect(PATH, 303)
    page = services().neighbourhood.export(officer(), asked.filter, door=Door.SITE)
    content = list_as_xlsx(page, asked.filter, officer(), say())
    return download(content, XLSX, f"daftar-penerima-{page.made_at:%Y-%m-%d}.xlsx")


@blueprint.post(f"{PATH}/cetak")
def print_out() -> ResponseReturnValue:
    """All that fits the filter, as a page to print."""
    asked = Asked.in_form(request.form)
    if _lacks_kelurahan(asked):
        return redirect(PATH, 303)
    page = services().neighbourhood.export(officer(), asked.filter, door=Door.SITE)
    return show_office("neighbourhood/print.html", page=page, asked=asked)


@blueprint.post(f"{PATH}/surat.pdf")
def walking_list() -> ResponseReturnValue:
    """Who of those that fit is to get a letter, to walk with: as one walks, with room to sign."""
    asked = Asked.in_form(request.form)
    if _lacks_kelurahan(asked):
        return redirect(PATH, 303)
    walk = services().walks.of(officer(), asked.filter, door=Door.SITE)
    return download(walking_list_as_pdf(walk, say()), PDF, f"daftar-surat-{walk.made_at:%Y-%m-%d}.pdf")


@blueprint.get(f"{PATH}/surat.pdf")
@blueprint.get(f"{PATH}/unduh.xlsx")
@blueprint.get(f"{PATH}/cetak")
def copy_again() -> ResponseReturnValue:
    """A copy has no address: it is made anew from the list, and written down each time."""
    return redirect(PATH, 303)


def _lacks_kelurahan(asked: Asked) -> bool:
    return must_choose(officer()) and asked.filter.kelurahan is None


def shown(asked: Asked, status: int = 200, *, made: tuple[str, str] | None = None) -> Response:
    """The list; `made` are kind and id of a mark that was just made from it."""
    page = services().neighbourhood.page(officer(), asked.filter, asked.page, door=Door.SITE)
    return show_office("neighbourhood/list.html", status, page=page, asked=asked, made=made)

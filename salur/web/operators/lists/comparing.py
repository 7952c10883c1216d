"""Two lists side by side: who left, who came, of whom something else is said; as pages and as a workbook."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from salur.core.comparing.answers import Comparison
from salur.core.comparing.kinds import Kind
from salur.core.errors import NotThere, Refused
from salur.core.limits.kinds import Door
from salur.core.officers.roles import Role
from salur.documents.comparison_workbook import Made, comparison_as_xlsx
from salur.documents.list_workbook import XLSX
from salur.web.context import ROW_ID, page_asked, services
from salur.web.guard import guarded, officer, show_office
from salur.web.http.downloads import download
from salur.web.locale import say
from salur.web.operators.lists.desk import is_mine
from salur.web.operators.lists.files import HOME
from salur.words.lists.refusals import why_not

blueprint = guarded(Blueprint("list_comparing", __name__), Role.DINSOS)
ONE = f"{HOME}/banding/<{ROW_ID}:id>"


@blueprint.post(f"{HOME}/<{ROW_ID}:id>/banding")
def begin(id: int) -> ResponseReturnValue:
    """Compare a list with another one."""
    other = request.form.get("dengan", "")
    if not (other.isascii() and other.isdigit() and len(other) < 10):
        return redirect(f"{HOME}/{id}", 303)
    for one in (id, int(other)):
        if not is_mine(services().lists.show(one)):
            raise NotFound
    try:
        comparison = services().comparing.begin(id, int(other), by=officer().account)
    except NotThere:
        raise
    except Refused:
        return redirect(f"{HOME}/{id}", 303)
    return redirect(f"{HOME}/banding/{comparison}", 303)


@blueprint.get(ONE)
def show(id: int) -> Response:
    """The sums, and one page of a group."""
    return _shown(_mine(id))


@blueprint.post(f"{ONE}/unduh.xlsx")
def workbook(id: int) -> Response:
    """All groups, as a workbook."""
    comparison, kelurahan = _mine(id), request.form.get("kelurahan", "")
    if not comparison.is_done:
        return _shown(comparison)
    try:
        lines = services().comparing.export(id, officer(), kelurahan=kelurahan, door=Door.SITE)
    except NotThere:
        raise
    except Refused as refused:
        return _shown(comparison, slip=why_not(refused, refused.facts, say()))
    at = services().clock().astimezone(services().settings.zone)
    made = Made(officer(), at, comparison.names.get(kelurahan, ""))
    content = comparison_as_xlsx(comparison, lines, made, say())
    return download(content, XLSX, f"banding-daftar-{comparison.before.id}-{comparison.after.id}.xlsx")


@blueprint.get(f"{ONE}/<path:_>")
def no_page(id: int, _: str) -> ResponseReturnValue:
    """What was sent there has no address of its own."""
    return redirect(f"{HOME}/banding/{id}", 303)


def _mine(id: int) -> Comparison:
    comparison = services().comparing.within(id, officer())
    if not (is_mine(comparison.before) and is_mine(comparison.after)):
        raise NotFound
    return comparison


def _shown(comparison: Comparison, slip: str | None = None) -> Response:
    kind = next((one for one in Kind if one == request.args.get("bagian")), None)
    if kind is None:
        kind = next((one for one in Kind if comparison.shown(one)), Kind.REMOVED)
    kelurahan = request.values.get("kelurahan", "")
    kelurahan = kelurahan if kelurahan in comparison.names else ""
    page = None
    if comparison.is_done:
        page = services().comparing.page(
            comparison.id, kind, officer(), kelurahan=kelurahan, page=page_asked(), door=Door.SITE
        )
    shown = {code for kind in Kind for code in comparison.lines.get(kind, ())}
    return show_office(
        "operators/comparison.html",
        422 if slip else 200,
        comparison=comparison,
        kinds=tuple(Kind),
        kind=kind,
        kelurahan=kelurahan,
        choices=[(code, comparison.names.get(code, code)) for code in sorted(shown)],
        page=page,
        slip=slip,
        now=services().clock(),
    )

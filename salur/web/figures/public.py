"""The totals that everybody may know, as a page and as files. About nobody."""

from __future__ import annotations

from flask import Blueprint, Response, request

from salur.documents.figures_files import figures_csv, figures_json
from salur.web.context import services, show_public
from salur.web.http.origin import own_origin

blueprint = Blueprint("figures", __name__)


@blueprint.get("/angka")
def page() -> Response:
    """Recipients, amounts and what was paid of them, by programme, period, kecamatan and kelurahan."""
    return show_public("figures/public.html", figures=services().figures.all(), address=own_origin())


@blueprint.get("/angka.csv")
def table() -> Response:
    """The same for a spreadsheet."""
    return _file(figures_csv(services().figures.all()), "text/csv", "angka-bansos.csv")


@blueprint.get("/angka.json")
def data() -> Response:
    """The same for programs."""
    return _file(figures_json(services().figures.all()), "application/json", "angka-bansos.json")


def _file(text: str, kind: str, name: str) -> Response:
    response = Response(text, content_type=f"{kind}; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-cache"
    response.add_etag(weak=True)
    response.make_conditional(request)
    return response

"""Posters of the schedule, for the wall: made at once, and kept as long as they would be the same."""

from __future__ import annotations

from threading import Lock

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from salur.core.letters.answers import Poster
from salur.documents.paper.posters import Size, poster_as_pdf
from salur.documents.paper.typesetting import PDF
from salur.web.context import LARGEST_ID, services
from salur.web.http.downloads import download
from salur.web.locale import say
from salur.words.language import language
from salur.words.payouts.posters import also_in

blueprint = Blueprint("posters", __name__)
MOST_KEPT = 32  # some 60 kB each


class Kept:
    """The posters that were made last. One is made at a time: a few people must not hold all processors."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._known: dict[tuple[str, ...], bytes] = {}

    def made(self, poster: Poster, first: str, second: str, size: Size) -> bytes:
        """A poster as a PDF."""
        key = (repr(poster), first, second, size)
        with self._lock:
            found = self._known.pop(key, None)
            if found is None:
                also = language(second) if second else None
                found = poster_as_pdf(poster, language(first), also, size=size)
            self._known[key] = found
            while len(self._known) > MOST_KEPT:
                del self._known[next(iter(self._known))]
        return found


KEPT = Kept()


@blueprint.get("/jadwal/<code>/poster.pdf")
def of_kelurahan(code: str) -> Response:
    """The sittings of a kelurahan, or of one RW of it (`rw`), on A4 or A3 (`ukuran`)."""
    asked = request.args.get("rw", "")
    rw = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 4 else None
    if asked.strip() and rw is None:
        raise NotFound
    return _shown(services().posters.of_kelurahan(code, rw), code, f"poster-{code}" + (f"-rw-{rw}" if rw else ""))


@blueprint.get(f"/lokasi/<int(max={LARGEST_ID}):id>/poster.pdf")
def of_place(id: int) -> Response:
    """What is paid at a place."""
    return _shown(services().posters.of_place(id), services().settings.city, f"poster-lokasi-{id}")


@blueprint.get("/JADWAL/<code>")
def scanned_kelurahan(code: str) -> ResponseReturnValue:
    """From a picture with capitals alone, which is smaller."""
    return redirect(f"/jadwal/{code}", 301)


@blueprint.get(f"/LOKASI/<int(max={LARGEST_ID}):id>")
def scanned_place(id: int) -> ResponseReturnValue:
    """The same."""
    return redirect(f"/lokasi/{id}", 301)


def _shown(poster: Poster | None, region_code: str, name: str) -> Response:
    if poster is None:
        raise NotFound
    typed = request.args.get("ukuran", "")
    size = Size(typed) if typed in set(Size) else Size.A4
    first = say().code
    content = KEPT.made(poster, first, also_in(region_code, first), size)
    return download(content, PDF, f"{name}-{size}.pdf")

"""Every refusal as a page in the reader's language, and the one place where a status is chosen for it."""

from __future__ import annotations

import logging
import math
from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType

from flask import Flask, Response, request, session
from flask_limiter import RateLimitExceeded
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from salur import words
from salur.core.errors import DatabaseAway, Refused, TooManyAttempts
from salur.core.regions import time_zone
from salur.web import proposals
from salur.web.context import services, show
from salur.web.forms import CheckForm
from salur.web.guard import NotForThisRole
from salur.web.locale import say
from salur.web.origin import own_origin, surely_ours
from salur.words import mark

log = logging.getLogger("salur.web")
CROWDED_SECONDS = 60
AWAY_SECONDS = 120

# status -> heading and what to do. What is not here is shown as 400 when it is the visitor's, 500 when it is ours.
PAGES: Mapping[int, tuple[str, str]] = MappingProxyType(
    {
        400: (mark("Maaf, kiriman ini tidak bisa kami baca"), mark("Mulai lagi dari halaman pertama.")),
        403: (
            mark("Permintaan ini datang dari situs lain"),
            mark("Demi keamanan, Salur tidak menjawabnya. Ketik nomor dan nama di halaman Salur sendiri."),
        ),
        404: (
            mark("Halaman ini tidak ada"),
            mark("Mungkin alamatnya salah ketik, atau jadwalnya sudah lewat. Mulai lagi dari halaman pertama."),
        ),
        405: (mark("Halaman ini tidak bisa dibuka langsung"), mark("Mulai lagi dari halaman pertama.")),
        413: (
            mark("Yang dikirim terlalu besar"),
            mark("Foto paling besar 5 MB, berkas PDF paling besar 10 MB. Kembali, lalu kirim yang lebih kecil."),
        ),
        429: (
            mark("Salur sedang ramai"),
            mark("Banyak orang memakai jaringan yang sama dengan Anda. Coba lagi dalam beberapa menit."),
        ),
        500: (
            mark("Maaf, Salur sedang terganggu"),
            mark("Data Anda tidak hilang. Coba lagi dalam beberapa menit."),
        ),
        503: (
            mark("Maaf, Salur sedang terganggu"),
            mark("Data Anda tidak hilang. Coba lagi dalam beberapa menit."),
        ),
    }
)


def install(app: Flask) -> None:
    """Register the handlers; Flask picks the most specific."""
    app.register_error_handler(TooManyAttempts, too_many_attempts)
    app.register_error_handler(RateLimitExceeded, crowded)
    app.register_error_handler(CSRFError, form_expired)
    app.register_error_handler(DatabaseAway, database_away)
    app.register_error_handler(NotForThisRole, not_for_this_role)
    app.register_error_handler(Refused, refused_by_the_core)
    app.register_error_handler(HTTPException, refused)
    app.register_error_handler(Exception, our_fault)


def too_many_attempts(error: TooManyAttempts) -> Response:
    """The core's own limits: say until when, and which ways are open meanwhile."""
    now, zone = datetime.now(UTC), time_zone(services().settings.city)
    closed = error.scope != "asker"
    heading = mark("Nomor ini ditutup sementara") if closed else mark("Terlalu banyak pertanyaan")
    sentence = words.refusal(error, say(), now=now, zone=zone)
    response = show("wait.html", 429, heading=heading, sentence=sentence, closed=closed)
    response.headers["Retry-After"] = str(math.ceil(error.retry_in.total_seconds()))
    return response


def crowded(_error: RateLimitExceeded) -> Response:
    """The ceiling per network address."""
    response = _page(429)
    response.headers["Retry-After"] = str(CROWDED_SECONDS)
    return response


def form_expired(_error: CSRFError) -> Response:
    """Show the form again. What was typed is kept only if the browser vouches that our own page sent it."""
    if request.blueprint == "proposals" and surely_ours(request.headers, own_origin):
        return proposals.again("form_expired" if session else "cookies_missing")
    if request.endpoint != "public.check":
        text = mark("Halaman ini sudah terlalu lama terbuka. Kembali, muat ulang halamannya, lalu kirim lagi.")
        return show("message.html", 400, heading=mark("Maaf, belum terkirim"), text=text)
    ours = surely_ours(request.headers, own_origin)
    form = CheckForm.read(request.form) if ours else CheckForm()
    problem = "form_expired" if session else "cookies_missing"
    return show("check.html", 400, form=form, letters=form.typed_letters, problem=problem)


def database_away(error: DatabaseAway) -> Response:
    """It comes back by itself, mostly within minutes."""
    log.error("database away: %s", error.kind)
    response = _page(503)
    response.headers["Retry-After"] = str(AWAY_SECONDS)
    return response


def not_for_this_role(_error: NotForThisRole) -> Response:
    """Signed in, but for other work."""
    text = mark("Akun Anda untuk pekerjaan lain. Kalau ini keliru, tanyakan kepada yang mengundang Anda.")
    return show("message.html", 403, heading=mark("Halaman ini bukan untuk Anda"), text=text)


def refused_by_the_core(error: Refused) -> Response | HTTPException:
    """What cannot be done now, or is not there (which looks the same as what is not yours)."""
    if error.code.startswith("no_such_"):
        return _page(404)
    return show("message.html", 409, heading=mark("Ini tidak bisa dilakukan"), text=words.refusal(error, say()))


def refused(error: HTTPException) -> Response | HTTPException:
    """What Flask and its router refuse; redirects pass as they are."""
    status = error.code or 500
    if status < 400:
        return error
    if status == 413 and request.blueprint == "proposals":
        return show("message.html", 413, heading=mark("Fotonya terlalu besar"), text=proposals.TOO_LARGE)
    response = _page(status)
    for name, value in error.get_headers():
        if name not in ("Content-Type", "Content-Length"):
            response.headers[name] = value
    return response


def our_fault(error: Exception) -> Response:
    """Anything unforeseen. Logged by kind and place; its message and variables may hold what was typed."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "nowhere"
    log.error("request failed: %s at %s, endpoint %s", type(error).__name__, where, request.endpoint)
    return _page(500)


def _page(status: int) -> Response:
    known = status if status in PAGES else 400 if status < 500 else 500
    heading, text = PAGES[known]
    return show("message.html", status, heading=heading, text=text)

"""How much a request may send: 16 KB, but for the few forms that take files. Read before anything parses the form.

What an operator sends is a city's list: it goes where its room says (`RECEIVERS`), piece by piece as it arrives, and
never to a disk in the clear. The form is parsed before anybody is asked who they are, so who may send is asked here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import IO

from flask import Flask, Request, Response, request
from werkzeug.exceptions import Forbidden, RequestEntityTooLarge
from werkzeug.formparser import FormDataParser

from salur.web.context import show
from salur.words.language import N_

MEGABYTE = 1024 * 1024
# Endpoint -> bytes of the whole request.
LIMITS: Mapping[str, int] = MappingProxyType(
    {
        "proposals.usulan": 16 * MEGABYTE,  # three photos of 5 MB
        "rollout.invite_many": MEGABYTE,  # a workbook of 2,000 rows
        "plans_desk.form": MEGABYTE // 4,  # 300 sittings and 700 villages
        "spots_desk.send": MEGABYTE,  # a table of 10,000 RT
        "circulars.write": 11 * MEGABYTE,  # one PDF of 10 MB
    }
)
# Bytes of all the text fields beside the files. Werkzeug reads pieces of 64 KB and holds each, with what is left of the
# one before, against this limit even where it is part of a file: with 64 KB nearly every photo above 1 MB was refused.
TEXT_LIMIT = 256 * 1024
PARTS = 800  # a regency has up to 700 villages, each with its box


# Of the files that go elsewhere than to memory, and who takes them.
LARGEST = 210 * MEGABYTE
Receiver = Callable[[str], IO[bytes]]  # makes what a file of this name is written to
RECEIVERS: dict[str, tuple[Receiver, Callable[[], bool]]] = {}  # endpoint → receiver, and whether this visitor may send


class ReceivingRequest(Request):
    """A request whose files may go elsewhere than to memory and disk."""

    def make_form_data_parser(self) -> FormDataParser:
        """The library's own, with our stream where there is a receiver."""
        parser = super().make_form_data_parser()
        if (found := RECEIVERS.get(self.endpoint or "")) is not None:
            receive, may_send = found

            def stream(
                total_content_length: int | None,
                content_type: str | None,
                filename: str | None,
                content_length: int | None = None,
            ) -> IO[bytes]:
                if not may_send():
                    raise Forbidden
                return receive(filename or "")

            parser.stream_factory = stream
        return parser


def install(app: Flask) -> None:
    """Raise the limits where files are sent, and say what they are when too much was."""
    app.request_class = ReceivingRequest
    app.register_error_handler(RequestEntityTooLarge, too_large)

    @app.before_request
    def allow_files() -> None:
        limit = LIMITS.get(request.endpoint or "")
        if request.method == "POST" and (found := RECEIVERS.get(request.endpoint or "")) is not None and found[1]():
            limit = LARGEST
        if limit is not None and request.method == "POST":
            request.max_content_length = limit
            request.max_form_memory_size = TEXT_LIMIT
            request.max_form_parts = PARTS


def too_large(_error: RequestEntityTooLarge) -> Response:
    """Beside the limits, because it names them."""
    if request.endpoint in RECEIVERS:
        text = N_("Semua berkas bersama paling besar 200 MB. Kirim lebih sedikit sekaligus.")
        return show("message.html", 413, heading=N_("Yang dikirim terlalu besar"), text=text)
    text = N_("Foto paling besar 5 MB, berkas PDF paling besar 10 MB. Kembali, lalu kirim yang lebih kecil.")
    return show("message.html", 413, heading=N_("Yang dikirim terlalu besar"), text=text)

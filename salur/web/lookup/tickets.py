"""The page of a ticket. The question on `/` opens it, and so does `/pengajuan/status`, which receipts name."""

from __future__ import annotations

from werkzeug.wrappers import Response

from salur.core.proposals.answers import Status
from salur.web.http.kept import TICKET, go_to, keep


def open_status(found: Status, done: str = "") -> Response:
    """On to what became of it, at an address that tells nothing. `done` is what was just sent with it."""
    keep(TICKET, found.way_back, done)
    return go_to("/pengajuan/tiket")

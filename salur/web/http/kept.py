"""What a browser keeps for a quarter of an hour, so that *back*, a reload and another language work.

Sealed by the core (`salur.core.privacy.passes`) and kept in the session cookie, where nobody but Salur opens it.
"""

from __future__ import annotations

from flask import redirect, session
from werkzeug.wrappers import Response

from salur.web.http.signing import SENDER

# The way back to the last answer or miss, and the kind of number that it was for (empty: a miss); what is about to be
# contested; the last receipt; the ticket that was opened last; the pass of the record that is looked at or corrected;
# what was done last about word on this phone.
ANSWER, TOLD, RECEIPT, TICKET, RECORD, PHONE = NAMES = ("jawaban", "tentang", "terkirim", "tiket", "data", "hp")
LONGEST = 2_500  # characters of all of it: a cookie may have 4,000


def keep(name: str, *values: str) -> bool:
    """Keep this, and of the rest what finds room beside it; False, and nothing, where it finds none itself."""
    session.pop(name, None)
    room = LONGEST - sum(map(len, values))
    if room < 0:
        return False
    session[name] = [*values]
    for other in NAMES:
        if other != name and other in session:
            room -= sum(map(len, session[other]))
            if room < 0:
                session.pop(other)
    return True


def kept(name: str) -> list[str]:
    """What was kept, as long as nobody looked when it ended; empty where nothing was."""
    return list(session.get(name, ()))


def drop(*names: str) -> None:
    """Forget it."""
    for name in names:
        session.pop(name, None)


def forget() -> None:
    """Forget all of it, and by what the core knows a sender again: on a phone that others use."""
    drop(*NAMES, SENDER)


def go_to(address: str) -> Response:
    """On to a page of its own, without a trace in the browser's cache: the way there is about a person, too."""
    response = redirect(address, 303)
    response.headers["Cache-Control"] = "no-store"
    return response

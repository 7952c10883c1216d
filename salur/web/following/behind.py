"""The answer that somebody wants to be told about: the last one of this browser, by the way back in its cookie."""

from __future__ import annotations

from werkzeug.wrappers import Response

from salur.core.errors import Refused
from salur.web.context import services, show
from salur.web.http import kept
from salur.web.locale import say
from salur.web.lookup.unanswered import UNANSWERED
from salur.words.language import N_
from salur.words.refusals import refusal

HOW_TO_GET_HERE = N_("Cek dulu dengan nomor dan nama di halaman pertama. Di bawah jawabannya ada tombol “Kabari saya”.")


def way_back() -> str:
    """The way to it. Raises: Refused(`key_expired`), where there is none any more."""
    found = kept.kept(kept.ANSWER)
    if not found or found[1] in UNANSWERED:
        raise Refused("key_expired")
    services().following.look(found[0])
    return found[0]


def not_begun(why: Refused) -> Response:
    """Nothing is told: the answer is too long ago, or there are enough already."""
    if not kept.kept(kept.ANSWER):
        return show("message.html", heading=N_("Kabari saya"), text=HOW_TO_GET_HERE)
    return show("message.html", 409, heading=N_("Belum dikabari"), text=refusal(why, say()))

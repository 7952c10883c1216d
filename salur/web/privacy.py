"""A resident's own record: what is kept of them and who looked at it, with the pass that the answer came with.

The pass comes in a form, is kept by the browser, and goes into forms; it stands in no address.
"""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from salur.core.errors import Refused
from salur.web.context import services, show, visitor
from salur.web.http import kept
from salur.web.locale import say
from salur.words.language import N_
from salur.words.privacy import told_no_more
from salur.words.refusals import refusal

blueprint = Blueprint("my_data", __name__)
HOW_TO_GET_HERE = N_(
    "Cek dulu dengan nomor dan nama di halaman pertama. Di bawah jawabannya ada tombol “Siapa yang melihat data saya?”"
    " Halaman itu hanya untuk Anda, jadi tidak punya alamat sendiri."
)


@blueprint.post("/data-saya")
def my_data() -> ResponseReturnValue:
    """On to the record, at an address that tells nothing; shown at once where the browser can keep no pass."""
    key = request.form.get("kunci", "")
    return kept.go_to("/data-saya") if kept.keep(kept.RECORD, key) else _record(key)


@blueprint.get("/data-saya")
def my_data_again() -> ResponseReturnValue:
    """The record that this browser looked at last, for a quarter of an hour; else how one gets here."""
    if not (found := kept.kept(kept.RECORD)):
        return show("message.html", heading=N_("Data Anda, dan siapa yang melihatnya"), text=HOW_TO_GET_HERE)
    return _record(*found)


@blueprint.post("/data-saya/kabar")
def end_word() -> ResponseReturnValue:
    """Nobody is told of them any more, whoever that was."""
    try:
        count = services().followed.end(request.form.get("kunci", ""), asker=visitor())
    except Refused as error:
        return show("message.html", 410, heading=N_("Periksa dulu"), text=refusal(error, say()))
    return show("message.html", heading=N_("Kabar dihentikan"), text=told_no_more(count, say()))


def _record(key: str) -> ResponseReturnValue:
    try:
        followers = services().followed.followers(key)
        history = services().my_data.history(key, asker=visitor())
    except Refused as error:
        kept.drop(kept.RECORD)
        return show("message.html", 410, heading=N_("Periksa dulu"), text=refusal(error, say()))
    return show("privacy/my_data.html", history=history, followers=followers, key=key)

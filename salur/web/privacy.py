"""A resident's own record: what is kept of them and who looked at it, with the pass that the answer came with.

The pass comes in a form and goes into forms; it stands in no address, and so does nothing personal.
"""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from salur.core.errors import Refused
from salur.web.context import services, show, visitor
from salur.web.locale import say
from salur.words.language import N_
from salur.words.refusals import refusal

blueprint = Blueprint("my_data", __name__)
HOW_TO_GET_HERE = N_(
    "Cek dulu dengan nomor dan nama di halaman pertama. Di bawah jawabannya ada tombol “Siapa yang melihat data saya?”"
    " Halaman itu hanya untuk Anda, jadi tidak punya alamat sendiri."
)


@blueprint.post("/data-saya")
def my_data() -> ResponseReturnValue:
    """Show the record. Directly, without a redirect: it has no address."""
    key = request.form.get("kunci", "")
    try:
        history = services().my_data.history(key, asker=visitor())
    except Refused as error:
        return show("message.html", 410, heading=N_("Periksa dulu"), text=refusal(error, say()))
    return show("privacy/my_data.html", history=history, key=key)


@blueprint.get("/data-saya")
def check_first() -> ResponseReturnValue:
    """Someone typed the address, or a phone asks for it again: how one gets here."""
    return show("message.html", heading=N_("Data Anda, dan siapa yang melihatnya"), text=HOW_TO_GET_HERE)

"""A resident's own record: what is kept of him and who looked at it, with the pass that his answer came with.

The pass comes in a form and goes into forms; it stands in no address, and so does nothing personal.
"""

from __future__ import annotations

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from salur import words
from salur.core.errors import Refused
from salur.web.context import services, show, visitor
from salur.web.locale import say
from salur.words import mark

blueprint = Blueprint("my_data", __name__)


@blueprint.post("/data-saya")
def my_data() -> ResponseReturnValue:
    """Show the record. Directly, without a redirect: it has no address."""
    key = request.form.get("kunci", "")
    try:
        history = services().my_data.history(key, asker=visitor())
    except Refused as error:
        return show("message.html", 410, heading=mark("Periksa dulu"), text=words.refusal(error, say()))
    return show("my_data.html", history=history, key=key)


@blueprint.get("/data-saya")
def check_first() -> ResponseReturnValue:
    """Someone typed the address, or a phone asks for it again: back to the form."""
    return redirect("/", 303)

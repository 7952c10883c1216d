"""The main job: the form, and the answer to it. Nothing personal ever stands in an address."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue

from salur.core.answers import OnTheList
from salur.web.context import services, show, visitor
from salur.web.forms import CheckForm

blueprint = Blueprint("public", __name__)


@blueprint.get("/")
def home() -> Response:
    """Say what this is and what it never asks for, and ask for number and name."""
    return show("check.html", form=CheckForm(), letters="kode" in request.args)


@blueprint.post("/cek")
def check() -> ResponseReturnValue:
    """Answer. Directly, without a redirect: an answer has no address."""
    form = CheckForm.read(request.form)
    identity = form.understood()
    if identity is None:
        return show("check.html", 422, form=form, letters=form.typed_letters)
    answer = services().lookup.ask(identity, form.nama, asker=visitor())
    template = "answer.html" if isinstance(answer, OnTheList) else "not_listed.html"
    return show(template, answer=answer, identity=identity)


@blueprint.get("/cek")
def check_again() -> ResponseReturnValue:
    """A phone that dropped the page asks for its address again: back to the form."""
    return redirect("/", 303)

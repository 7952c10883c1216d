"""Word in the browser of this phone (Web Push): begun under a right answer, ended with one press, answered from a
notification.

A phone is known by the subscription of its browser, which only it and the push service have: whoever sends it is
believed to be that phone. It comes in forms, and stands in no address and no cookie.
"""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue

from salur.core.errors import Refused
from salur.core.lookup.answers import Entitlement
from salur.core.notices.channels import Channel
from salur.web.context import services, show, show_public, visitor
from salur.web.following.behind import way_back
from salur.web.http import kept
from salur.web.locale import say
from salur.web.lookup.forms import CheckForm
from salur.web.proposals.forms import ContestForm
from salur.words.lookup.phones import told
from salur.words.refusals import refusal

blueprint = Blueprint("push", __name__)
WORKER, PAGE = "/kabar-pekerja.js", "/kabar/hp"
GONE, NOT_NOW = 410, 409
MOST_REFS = 10  # aids that one notification is about


@blueprint.get(WORKER)
def worker() -> Response:
    """What the browser keeps to show what is sent: at an address that stays, asked about again each time."""
    response = show_public("following/worker.js", key=services().push.public_key(), moving=f"{PAGE}/pindah")
    response.mimetype = "text/javascript"
    return response


@blueprint.get(PAGE)
def page() -> Response:
    """What somebody agrees to, after a right answer; and what this phone is told of, at any time."""
    return _page()


@blueprint.post(PAGE)
def begin() -> ResponseReturnValue:
    """From now on tell this phone of what it was answered."""
    try:
        way = way_back()
    except Refused as error:
        return _page(GONE, refusal(error, say()))
    try:
        begun = services().following.follow(Channel.PUSH, _phone(), say().code, way, asker=visitor())
    except Refused as error:
        return _page(NOT_NOW, refusal(error, say()))
    return _done("begun" if begun else "already")


@blueprint.get(f"{PAGE}/hasil")
def result() -> ResponseReturnValue:
    """What was done here last."""
    if not (found := kept.kept(kept.PHONE)):
        return redirect(PAGE, 303)
    return show("following/push_done.html", done=found[0])


@blueprint.post(f"{PAGE}/hitung")
def count() -> ResponseReturnValue:
    """For the page's own script: of how many answers this phone is told, in words, and whether of any."""
    following = services().following.count(Channel.PUSH, _phone())
    return {"told": told(following, say()), "any": following > 0}, 200, {"Cache-Control": "no-store"}


@blueprint.post(f"{PAGE}/pindah")
def move() -> ResponseReturnValue:
    """The browser has given the phone another address, says its worker: for a page's own script, without a page."""
    to = services().push.subscription(request.form.get("baru", "")).address()
    services().following.move(Channel.PUSH, _phone(), to, asker=visitor())
    return "", 204, {"Cache-Control": "no-store"}


@blueprint.post(f"{PAGE}/berhenti")
def end() -> ResponseReturnValue:
    """Tell this phone nothing any more, and delete all that is kept of it."""
    services().following.stop(Channel.PUSH, _phone())
    return _done("ended")


@blueprint.get(f"{PAGE}/buka")
def opened() -> Response:
    """What a notification opens. What its button was about stands behind the #, and the page's script sends it."""
    return _opened()


@blueprint.post(f"{PAGE}/buka")
def contest() -> ResponseReturnValue:
    """What can be said against a notification: its button leads on to the summing-up, the rest of it shows buttons."""
    typed, refs = request.form.get("kabar", ""), request.form.get("tentang", "").split("~")[:MOST_REFS]
    follow = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 20 else 0
    said = [one for one in services().following.all_behind(Channel.PUSH, _phone(), follow, refs) if one.key]
    if request.form.get("lihat"):
        return _opened(about=said)
    if not said:
        return _opened(GONE, changed=True)
    key = said[0].key
    if kept.keep(kept.TOLD, key):
        return kept.go_to("/pengajuan/tentang")
    form = ContestForm(formdata=None, kunci=key)
    return show("proposals/contest.html", form=form, told=services().proposals.told(key))


def _phone() -> str:
    """The address of the phone that sends this. Raises Refused(`push_unknown`)."""
    return services().push.subscription(request.form.get("langganan", "")).address()


def _can_begin() -> bool:
    try:
        way_back()
    except Refused:
        return False
    return True


def _page(status: int = 200, problem: str = "") -> Response:
    can_begin = _can_begin()
    key = services().push.public_key() if can_begin else ""
    return show("following/push.html", status, can_begin=can_begin, key=key, problem=problem)


def _opened(status: int = 200, *, changed: bool = False, about: Sequence[Entitlement] = ()) -> Response:
    return show("following/push_opened.html", status, form=CheckForm(), changed=changed, about=about)


def _done(what: str) -> ResponseReturnValue:
    kept.keep(kept.PHONE, what)
    return kept.go_to(f"{PAGE}/hasil")

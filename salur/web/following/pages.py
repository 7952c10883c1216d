"""What somebody agrees to who wants to be told of changes, and by which ways; and the way of the chat.

Whose answer it is stands in the browser's cookie, sealed; no address says anything of it.
"""

from __future__ import annotations

from flask import Blueprint, redirect
from flask.typing import ResponseReturnValue

from salur.core.errors import Refused
from salur.core.notices.channels import Channel
from salur.web.context import chat_here, services, show
from salur.web.following.behind import not_begun, way_back
from salur.web.http import kept
from salur.web.locale import say
from salur.words.language import N_
from salur.words.refusals import refusal

blueprint = Blueprint("following", __name__)
ADDRESS, CHAT_ADDRESS = "/kabar", "/kabar/telegram"


@blueprint.get(ADDRESS)
def page() -> ResponseReturnValue:
    """What is told, how, and how it ends; with the ways that there are here."""
    try:
        way_back()
    except Refused as why:
        return not_begun(why)
    past_telegram = services().settings.https  # then the bot has a button for it
    return show("following/page.html", in_chat=chat_here() is not None, past_telegram=past_telegram)


@blueprint.post(CHAT_ADDRESS)
def tell_the_chat() -> ResponseReturnValue:
    """They agreed: from now on in the chat that the page was opened from."""
    chat = chat_here()
    if chat is None:
        return show("message.html", 409, heading=N_("Belum dikabari"), text=refusal("launch_old", say()))
    try:
        services().following.follow(Channel.TELEGRAM, chat.value, say().code, way_back(), asker=chat)
    except Refused as why:
        return not_begun(why)
    return kept.go_to(CHAT_ADDRESS)


@blueprint.get(CHAT_ADDRESS)
def told_in_the_chat() -> ResponseReturnValue:
    """That it is so, as long as it is."""
    chat = chat_here()
    if chat is None or not services().following.count(Channel.TELEGRAM, chat.value):
        return redirect(ADDRESS, 303)
    return show("following/in_chat.html")

"""Linking one's Telegram chat to one's account: the page shows a code, and its owner sends it to the bot."""

from __future__ import annotations

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from salur.web.context import services
from salur.web.guard import guarded, officer, show_office

blueprint = guarded(Blueprint("chat_link", __name__))


@blueprint.get("/akun/telegram")
def chat_link() -> ResponseReturnValue:
    """Whether a chat is linked, and what linking means."""
    return _page(done=request.args.get("selesai"))


@blueprint.post("/akun/telegram/kode")
def new_code() -> ResponseReturnValue:
    """Show a code. Directly, without a redirect: it stands in no address."""
    return _page(code=services().chat_links.new_code(officer()))


@blueprint.post("/akun/telegram/lepas")
def unlink() -> ResponseReturnValue:
    """Let the chat go."""
    services().chat_links.unlink(officer())
    return redirect("/akun/telegram?selesai=lepas", 303)


def _page(code: str | None = None, done: str | None = None) -> ResponseReturnValue:
    since = services().chat_links.linked(officer())
    return show_office("officers/chat_link.html", since=since, code=code, done=done)

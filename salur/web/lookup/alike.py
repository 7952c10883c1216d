"""The page of an answer that many get alike, for whom it is rendered once.

When a schedule is announced a kelurahan asks for the same programme, amount, day and place. What is each one's own, the
initials and what is sealed, is put into the page when it is sent. Kept in memory is nothing of anybody.
"""

from __future__ import annotations

import secrets
from dataclasses import fields, replace
from operator import attrgetter

from flask import Response

from salur.core.lookup.answers import Entitlement, OnTheList
from salur.web.context import form_token, show, show_to_many
from salur.web.lookup.standby import how_new

PAGE = "lookup/answer.html"
PAYEE = secrets.token_hex(16)  # stands for the initials
_said = attrgetter(*(field.name for field in fields(Entitlement) if field.compare and field.name != "payee"))


def show_answer(answer: OnTheList, kind: str) -> Response:
    """What lists say, to whoever asked; `kind` is of the number that was typed."""
    return _to_many(answer, kind) or show(PAGE, answer=answer, kind=kind, how_new=how_new(answer))


def _to_many(answer: OnTheList, kind: str) -> Response | None:
    every = answer.entitlements
    if answer.as_of is not None or len({one.payee for one in every}) != 1 or any(map(_is_personal, every)):
        return None
    passes = [pass_ for one in every for pass_ in (one.key, one.letter) if pass_]
    sealed = [form_token(), answer.key, *passes]
    shown = kind, len(answer.present), *((_said(one), bool(one.key), bool(one.letter)) for one in every)

    def marked() -> dict[str, object]:
        present, past = ([replace(one, payee=PAYEE) for one in some] for some in (answer.present, answer.past))
        return {"answer": replace(answer, present=tuple(present), past=tuple(past)), "kind": kind, "how_new": ""}

    return show_to_many(PAGE, shown, {**dict(zip(sealed, sealed, strict=True)), PAYEE: every[0].payee}, marked)


def _is_personal(entitlement: Entitlement) -> bool:
    """Whether it says what hardly anybody else is told: the words of an office, the name of a group."""
    return entitlement.reason is not None or entitlement.group_name is not None

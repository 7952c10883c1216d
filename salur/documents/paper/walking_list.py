"""The list with which a head walks from door to door: letters in the order of the houses, and a place to sign."""

from __future__ import annotations

from itertools import groupby

from salur.core.letters.answers import Stop, WalkingList
from salur.documents.paper.typesetting import rich, shown, typeset
from salur.words.language import Say
from salur.words.neighbourhood import not_to_be_shared
from salur.words.payouts import walking

Told = dict[str, object]


def walking_list_as_pdf(walk: WalkingList, say: Say) -> bytes:
    """The list, with its header on every page and the RT over their rows. Dates are those of `made_at`'s zone."""
    parts = groupby(walk.in_order, key=lambda stop: (stop.rw, stop.rt))
    return typeset(
        "walking_list.typ",
        {
            "title": walking.title(say),
            "lang": say.code,
            "where": shown(walking.where(walk, say)),
            "stage": shown(walking.stage(walk, say)),
            "count": walking.how_many(walk, say),
            "received": rich(walking.received(say)),
            "made": shown(walking.made(walk, say)),
            "warning": rich(not_to_be_shared(say)),
            "page": say("Halaman {n} dari {semua}", n="#", semua="##"),
            "head": walking.header(say),
            "parts": [
                [shown(walking.part(walk, *which, say)), [_row(stop, say) for stop in stops]] for which, stops in parts
            ],
        },
    )


def _row(stop: Stop, say: Say) -> Told:
    day, hours = walking.turn(stop, say)
    return {
        "name": shown(stop.name),
        "address": shown(stop.address),
        "day": day,
        "hours": hours,
        "number": shown(stop.number),
    }

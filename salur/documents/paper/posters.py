"""A poster for the wall: what is paid when and where, on one page, in one language or two."""

from __future__ import annotations

from enum import StrEnum

from salur.core.letters.answers import Poster
from salur.core.payouts.answers import AnnouncedSitting
from salur.documents.paper.typesetting import qr_code, rich, shown, typeset
from salur.words.language import Say
from salur.words.payouts import letters, posters

MOST = 60  # sittings that are tried; hardly ever do as many fit
Told = dict[str, object]


class Size(StrEnum):
    """How large the page is."""

    A4 = "a4"
    A3 = "a3"


def poster_as_pdf(poster: Poster, say: Say, second: Say | None = None, *, size: Size = Size.A4) -> bytes:
    """One page, always: as large as it can be, and where there are too many sittings, the soonest of them.

    What is said in `second` stands smaller under the same in `say`. Raises ValueError where the address does not fit
    its QR code.
    """
    says = [say] if second is None or second.code == say.code else [say, second]
    return typeset(
        "posters.typ",
        {
            "title": shown(f"{posters.title(say)}: {posters.area(poster)}"),
            "lang": say.code,
            "size": size,
            "sender": shown(poster.office.name),
            "area": shown(posters.area(poster)),
            "around": shown(posters.around(poster, say)),
            "head": [say("Hari"), say("Tempat"), say("Bantuan")],
            "sittings": [_sitting(one, poster, says) for one in poster.sittings[:MOST]],
            "report": [[shown(name), shown(how)] for name, how in letters.report_to(poster.office, say)],
            "qr": qr_code(poster.url),
            "qr_alt": say("Kode QR: membuka jadwal ini di Salur."),
            "made": posters.made(poster, say),
            "said": [_said(poster, one) for one in says],
        },
    )


def _said(poster: Poster, say: Say) -> Told:
    """What is said in each language."""
    return {
        "lang": say.code,
        "title": posters.title(say),
        "none": posters.none_yet(say),
        "more": [posters.more(count, say) for count in range(1, len(poster.sittings) + 1)],
        "bring": [shown(line) for line in posters.what_to_bring(poster, say)],
        "no_cuts": f"{letters.no_cuts(say)}.",
        "whole": rich(letters.whole(say)),
        "look": rich(posters.look(poster, say)),
        "never": letters.never_asked(say),
    }


def _sitting(announced: AnnouncedSitting, poster: Poster, says: list[Say]) -> Told:
    say = says[0]
    place, address = posters.place(announced, say)
    return {
        "days": [say.date(announced.sitting.starts) for say in says],
        "hours": posters.hours(announced, say),
        "place": shown(place),
        "address": shown(address),
        "aid": shown(posters.aid(announced, say)),
        "whom": shown(posters.whom(announced, poster)),
        "notes": [rich(posters.note(announced, say)) for say in says],
        "off": announced.sitting.cancelled,
    }

"""Letters of notification: a page of A4 each, or two on it as A5 with a line to cut along."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from enum import StrEnum

from salur.core.letters.answers import Letter
from salur.core.payouts.answers import PlaceKind
from salur.documents.paper.joining import joined
from salur.documents.paper.typesetting import Rich, forget, qr_code, rich, shown, typeset
from salur.words.language import Say
from salur.words.lookup.answer import place_kind
from salur.words.lookup.entitlement import called_off, moved
from salur.words.payouts import letters as words

AT_ONCE = 100  # an even number, two stand on a page; few RW have more
OF_ONE = frozenset({"name", "address", "group", "number", "code", "qr"})
Progress = Callable[[int], None]
Told = dict[str, object]


class Layout(StrEnum):
    """How large a letter is."""

    A4 = "a4"
    A5 = "a5"


def letters_as_pdf(
    letters: Sequence[Letter], say: Say, *, layout: Layout = Layout.A5, progress: Progress | None = None
) -> bytes:
    """All letters, in their order. `progress` hears how many are set since the last call.

    Many are set some at a time, each portion while the one before is joined and the one behind is put into words: on
    two cores that takes little more than the setting. Raises ValueError where the address of one does not fit its QR
    code.
    """
    portions = [letters[start : start + AT_ONCE] for start in range(0, max(1, len(letters)), AT_ONCE)]
    papers = (_paper([_letter(letter, say) for letter in some], say, layout) for some in portions)
    with ThreadPoolExecutor(1) as beside:
        return joined(_heard(_ahead(beside, papers, many=len(portions) > 1), portions, progress))


def _ahead(beside: Executor, papers: Iterable[Told], *, many: bool) -> Iterator[bytes]:
    """Each typeset, the next one begun before it is given away."""
    waiting: Future[bytes] | None = None
    for paper in papers:
        begun = beside.submit(_set, paper, many=many)
        if waiting is not None:
            yield waiting.result()
        waiting = begun
    if waiting is not None:
        yield waiting.result()


def _heard(parts: Iterable[bytes], portions: Sequence[Sequence[Letter]], progress: Progress | None) -> Iterator[bytes]:
    for part, some in zip(parts, portions, strict=True):
        if progress is not None:
            progress(len(some))
        yield part


def _paper(told: list[Told], say: Say, layout: Layout) -> Told:
    shapes: dict[str, int] = {}
    for one in told:
        one["shape"] = shapes.setdefault(_shape(one), len(shapes))
    return {"title": words.title(say), "lang": say.code, "layout": layout, "letters": told, **_for_all(say)}


def _set(paper: Told, *, many: bool) -> bytes:
    done = typeset("letters.typ", paper)
    if many:
        forget()
    return done


def _shape(told: Told) -> str:
    """What is the same of two letters that take up as much room, as soon as their payees' names and addresses do."""
    rest = {field: value for field, value in told.items() if field not in OF_ONE}
    return re.sub(r"\d", "0", json.dumps(rest))


def _for_all(say: Say) -> Told:
    """What every letter says."""
    return {
        "no_cuts": words.no_cuts(say),
        "whole": rich(words.whole(say)),
        "check": words.check(say),
        "never": words.never_asked(say),
        "code_title": say("Kode surat"),
        "north": say("U"),
        "qr_alt": say("Kode QR: membuka surat ini di Salur."),
    }


def _letter(letter: Letter, say: Say) -> Told:
    how_much = words.how_much(letter, say)
    return {
        "sender": shown(letter.office.name),
        "number": shown(words.number(letter, say)),
        "name": shown(letter.name),
        "address": [shown(f"{letter.address},") if letter.address else "", shown(words.area(letter, say))],
        "aid": shown(f"{words.aid(letter, say)}:" if how_much else words.aid(letter, say)),
        "amount": shown(how_much),
        "group": rich(words.group(letter, say)),
        **_when(letter, say),
        **_where(letter, say),
        "late": rich(words.late(letter, say)),
        "bring_title": words.bring_title(letter, say),
        "bring": words.bring(letter.bring, say),
        "proxy": words.proxy(letter, say),
        "report": [[shown(name), shown(how)] for name, how in words.report_to(letter.office, say)],
        "how_to_check": rich(words.how_to_check(letter, say)),
        "code": _in_twos(letter.code),
        "qr": qr_code(letter.url),
    }


def _when(letter: Letter, say: Say) -> Told:
    sitting = letter.sitting
    if sitting is None or sitting.cancelled:
        gone = called_off(sitting, say) if sitting else ""
        return {"day": words.no_day(say), "turn": "", "open": words.ask_again(say), "moved": rich(gone)}
    return {
        "day": say.date(sitting.starts),
        "turn": words.turn(letter, say),
        "open": words.open_at(letter, say),
        "moved": rich(moved(sitting, say) or ""),
    }


def _where(letter: Letter, say: Say) -> Told:
    nowhere: dict[str, Rich | str | None] = {"place": "", "place_address": "", "hint": "", "sketch": None}
    if letter.sitting is None or letter.sitting.cancelled:
        return {**nowhere, "kind": None}
    if letter.at_home:
        kind = PlaceKind.HOME
        return {**nowhere, "place": words.comes_home(say), "kind": kind, "kind_alt": place_kind(kind, say)}
    place, way = letter.sitting.place, letter.way
    told: Told = {
        "place": shown(place.name),
        "place_address": shown(_sentence(place.address or "")),
        "kind": place.kind,
        "kind_alt": place_kind(place.kind, say),
        "hint": shown(_sentence(letter.hint)),
        "sketch": None,
    }
    if way is not None and letter.near is not None:
        told["sketch"] = {
            "east": way.east,
            "north": way.north,
            "alt": shown(words.drawn(way, letter.near, place.name, say)),
            "way": shown(words.marked_way(way, letter.near, say)),
        }
    return told


def _sentence(told: str) -> str:
    """With a full stop, so that another may follow on the same line."""
    return f"{told.strip().rstrip('.')}." if told.strip() else ""


def _in_twos(code: str) -> list[str]:
    """`ABCD-EFGH-` and `JKLM-NPQR`: as many lines as there is room for."""
    groups = code.split("-")
    lines = ["-".join(groups[n : n + 2]) for n in range(0, len(groups), 2)]
    return [f"{line}-" for line in lines[:-1]] + lines[-1:]

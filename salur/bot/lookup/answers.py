"""The answer of the core as one message that fits a screen: verdict, the next sitting in full, the rest in brief."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from salur.bot.chat import buttons
from salur.bot.chat.memory import BACK
from salur.bot.chat.replies import how_to_report, human
from salur.bot.chat.turn import Row
from salur.bot.following import buttons as following_buttons
from salur.bot.proposals import buttons as proposal_buttons
from salur.core.lookup.answers import Answer, Entitlement, NotOnTheList, OnTheList
from salur.core.payouts.answers import PaymentState, Place, PlaceKind, Sitting
from salur.words.language import Say, plain
from salur.words.language import parts as parts_words
from salur.words.lookup.answer import (
    against_levies,
    bring,
    bring_items,
    fine_print,
    proxy,
    still_to_collect,
    ways_on,
)
from salur.words.lookup.answer import (
    amount as amount_words,
)
from salur.words.lookup.answer import (
    verdict as verdict_words,
)
from salur.words.lookup.entitlement import contest, moved, past_status
from salur.words.lookup.entitlement import status as status_words
from salur.words.lookup.way import in_a_line

IN_BRIEF = 4  # lines under a heading; a family with more finds them on the site
CALENDARS = 3
CONTESTED = 4


def not_found_text(say: Say, left: str) -> str:
    """A miss, in `salur.words`' notation. `left` says what tries are left, as soon as they are few."""
    verdict = f"*{unmarked(verdict_words(NotOnTheList(), say))}*"
    warning = say("Setelah tiga kali salah, nomor yang sama baru bisa dicoba lagi sehari kemudian.")
    parts = (verdict, f"⚠️ {left}", *_ways_on(say)) if left else (verdict, *_ways_on(say), warning)
    return "\n\n".join(parts)


def answer_text(answer: OnTheList, say: Say, site: str = "") -> str:
    """The whole answer, in `salur.words`' notation."""
    verdict = f"*{unmarked(verdict_words(answer, say))}*"
    # The core's order: the next date first, then what is present, then what was.
    first = answer.entitlements[0]
    earlier = answer.past[0 if answer.present else 1 :]
    parts = [
        verdict,
        "\n".join(_in_full(first, status_words if answer.present else past_status, say)),
        "\n".join(_what_to_do(first, say)),
        against_levies(first, say) + " " + how_to_report(say),
        "\n".join(_in_brief(say("*Bantuan lain*"), [_brief(e, say) for e in answer.present[1:]], say, site)),
        "\n".join(_in_brief(say("*Periode sebelumnya*"), [_brief_past(e, say) for e in earlier], say, site)),
        fine_print(first, say) + _letter(first, say, site),
    ]
    return "\n\n".join(part for part in parts if part)


def answer_buttons(answer: Answer, say: Say) -> tuple[Row, ...]:
    """Calendar files of the next sittings, then where to go on."""
    if not isinstance(answer, OnTheList):
        return (buttons.retry(say), proposal_buttons.propose(say))
    sittings = _next_sittings(answer)
    if len(sittings) == 1:
        label = say("Simpan ke kalender")
        return (buttons.calendar(sittings[0], f"📅 {label}"), buttons.again(say))
    dated = (
        buttons.calendar(
            p, "📅 " + say("Kalender: {hari}, {jam}", hari=say.day_and_month(p.starts), jam=say.clock(_comes(p)))
        )
        for p in sittings[:CALENDARS]
    )
    return (*dated, buttons.again(say))


def contestable(answer: OnTheList) -> tuple[Entitlement, ...]:
    """Those that their payee may say something against, in the order shown."""
    return tuple(entitlement for entitlement in answer.entitlements if entitlement.key)[:CONTESTED]


def passes(answer: OnTheList) -> tuple[str, ...]:
    """What the answer came with, in the order in which its buttons number it (`salur.bot.chat.memory`)."""
    return (answer.key, answer.way_back, *(entitlement.key for entitlement in contestable(answer)))


def own_buttons(answer: OnTheList, token: str, say: Say) -> tuple[Row, ...]:
    """What its payee can do about it, and then where to go on."""
    *calendars, on = answer_buttons(answer, say)
    follow, mine = following_buttons.follow(token, say), buttons.my_data(token, say)
    return (*contest_buttons(answer, token, say), *calendars, follow, on, mine)


def contest_buttons(answer: OnTheList, token: str, say: Say) -> tuple[Row, ...]:
    """One for each of these; their numbers go on after what every answer comes with."""
    which = contestable(answer)
    alone = len(which) == 1 and which == answer.present  # else it could be meant of another, or of an earlier period
    labels = [contest(e, say) if alone else _of_which(e, say) for e in which]
    return tuple(buttons.contest(token, number, label) for number, label in enumerate(labels, BACK + 1))


def _of_which(entitlement: Entitlement, say: Say) -> str:
    return f"{contest(entitlement, say)}: {entitlement.programme}, {say.period(entitlement.period)}"


def place_to_show(answer: Answer) -> Place | None:
    """Where the next sitting is; None without one, or when the officer comes home."""
    sittings = _next_sittings(answer) if isinstance(answer, OnTheList) else []
    return sittings[0].place if sittings and sittings[0].place.kind is not PlaceKind.HOME else None


def unmarked(sentence: str) -> str:
    """A sentence without its emphasis."""
    return "".join(piece for piece, _ in parts_words(sentence))


def _next_sittings(answer: OnTheList) -> list[Sitting]:
    """Each sitting to come once, in the order shown."""
    found = (entitlement.next_sitting for entitlement in answer.entitlements)
    return list({(sitting.id, sitting.window): sitting for sitting in found if sitting}.values())


def _comes(sitting: Sitting) -> datetime:
    return sitting.window.starts if sitting.window else sitting.starts


def _in_full(entitlement: Entitlement, status: Callable[[Entitlement, Say], str], say: Say) -> Iterator[str]:
    """When and where, what changed, and which aid that is."""
    yield f"{_sign(entitlement)} {status(entitlement, say)}"
    if sitting := entitlement.next_sitting:
        if changed := moved(sitting, say):
            yield f"⚠️ {changed}"
        if sitting.place.address and sitting.place.kind is not PlaceKind.HOME:
            yield f"📍 {plain(sitting.place.address)}"
        if entitlement.deadline and sitting.place.kind is not PlaceKind.HOME:
            yield say("Paling lambat diambil {batas}.", batas=say.date(entitlement.deadline))
    if entitlement.way:
        yield in_a_line(entitlement.way, say)
    if entitlement.office and not entitlement.next_sitting and entitlement.payment.state is not PaymentState.PAID:
        yield human(entitlement.office, say)
    yield f"{'💰' if entitlement.amount else '📄'} {_aid(entitlement, say)}"


def _letter(entitlement: Entitlement, say: Say, site: str) -> str:
    """Where the circular that the list rests on can be read, if everybody may."""
    if entitlement.circular is None:
        return ""
    return " " + say("Baca suratnya: {alamat}", alamat=f"{site}/edaran/{entitlement.circular}" if site else "/edaran")


def _sign(entitlement: Entitlement) -> str:
    """Helps to recognise what the words beside it say."""
    if entitlement.payment.state is PaymentState.PAID:
        return "✅"
    return "📅" if entitlement.next_sitting else "▪️"


def _aid(entitlement: Entitlement, say: Say) -> str:
    """`*Rp600.000*, Program Keluarga Harapan, Tahap 1 tahun 2026, atas nama S. M.`"""
    told = [plain(entitlement.programme_name), say.period(entitlement.period)]
    if amount := amount_words(entitlement, say):
        told.insert(0, f"*{amount}*")
    if entitlement.payee:
        told.append(say("atas nama {inisial}", inisial=entitlement.payee))
    return ", ".join(map(str, told))


def _what_to_do(entitlement: Entitlement, say: Say) -> Iterator[str]:
    """What to bring, or to have ready at home, and who else may come; nothing for what is paid or taken off."""
    if not still_to_collect(entitlement):
        return
    sitting = entitlement.next_sitting
    if sitting and sitting.place.kind is PlaceKind.HOME:
        ready = say("Siapkan")
        yield f"🪪 {ready}: {', '.join(bring_items(entitlement.bring, say))}"
    elif papers := bring(entitlement.bring, say):
        yield f"🪪 {papers}"
    yield proxy(entitlement.proxy, say)


def _brief(entitlement: Entitlement, say: Say) -> str:
    """All on one line."""
    told = unmarked(status_words(entitlement, say)).replace("\n", " ")
    return f"• {_aid(entitlement, say)}: {told}"


def _brief_past(entitlement: Entitlement, say: Say) -> str:
    """What became of it, without what to do about it."""
    told, *_ = unmarked(past_status(entitlement, say)).splitlines()
    return f"• {_aid(entitlement, say)}: {told}"


def _in_brief(heading: str, lines: Sequence[str], say: Say, site: str) -> Iterator[str]:
    """The first lines under a heading; nothing when there are none."""
    if not lines:
        return
    yield heading
    yield from lines[:IN_BRIEF]
    more = len(lines) - IN_BRIEF
    if more > 0:
        rest = say.plural("Dan {n} bantuan lain.", "Dan {n} bantuan lain.", more)
        yield rest + (" " + say("Lihat di {alamat}.", alamat=site) if site else "")


def _ways_on(say: Say) -> Iterator[str]:
    for number, (heading, how) in enumerate(ways_on(say), start=1):
        yield f"{number}. *{heading}.* {how}"

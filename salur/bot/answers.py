"""The answer of the core as one message that fits a screen: the verdict, the next payout in full, the rest in brief."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from salur import words
from salur.bot import buttons, proposal_buttons
from salur.bot.turn import Row
from salur.core.answers import Answer, Entitlement, OnTheList, PaymentState, Payout, Place, PlaceKind
from salur.words import Say
from salur.words.language import plain

IN_BRIEF = 4  # lines under a heading; a family with more finds them on the site
CALENDARS = 3


def answer_text(answer: Answer, say: Say, site: str = "") -> str:
    """The whole answer, in `salur.words`' notation."""
    verdict = f"*{unmarked(words.verdict(answer, say))}*"
    if not isinstance(answer, OnTheList):
        warning = say("Setelah tiga kali salah, nomor yang sama baru bisa dicoba lagi sehari kemudian.")
        return "\n\n".join((verdict, *_ways_on(say), warning))
    # The core's order: the next date first, then what is present, then what was.
    first = answer.entitlements[0]
    earlier = answer.past[0 if answer.present else 1 :]
    parts = [
        verdict,
        "\n".join(_in_full(first, words.status if answer.present else words.past_status, say)),
        "\n".join(_what_to_do(first, say)),
        words.against_levies(first, say) + " " + say("Cara melapor: /bantuan"),
        "\n".join(_in_brief(say("*Bantuan lain*"), [_brief(e, say) for e in answer.present[1:]], say, site)),
        "\n".join(_in_brief(say("*Periode sebelumnya*"), [_brief_past(e, say) for e in earlier], say, site)),
        words.fine_print(first, say) + _letter(first, say, site),
    ]
    return "\n\n".join(part for part in parts if part)


def answer_buttons(answer: Answer, say: Say) -> tuple[Row, ...]:
    """Calendar files of the next payouts, then where to go on."""
    if not isinstance(answer, OnTheList):
        return (buttons.retry(say), proposal_buttons.propose(say))
    payouts = _next_payouts(answer)
    if len(payouts) == 1:
        label = say("Simpan ke kalender")
        return (buttons.calendar(payouts[0].id, f"📅 {label}"), buttons.again(say))
    dated = (
        buttons.calendar(p.id, f"📅 {say.day_and_month(p.starts)}, {say.clock(p.starts)}") for p in payouts[:CALENDARS]
    )
    return (*dated, buttons.again(say))


def place_to_show(answer: Answer) -> Place | None:
    """Where the next payout is; None without one, or when the officer comes home."""
    payouts = _next_payouts(answer) if isinstance(answer, OnTheList) else []
    return payouts[0].place if payouts and payouts[0].place.kind is not PlaceKind.HOME else None


def unmarked(sentence: str) -> str:
    """A sentence without its emphasis."""
    return "".join(piece for piece, _ in words.parts(sentence))


def _next_payouts(answer: OnTheList) -> list[Payout]:
    """Each sitting to come once, in the order shown."""
    found = (entitlement.next_payout for entitlement in answer.entitlements)
    return list({payout.id: payout for payout in found if payout}.values())


def _in_full(entitlement: Entitlement, status: Callable[[Entitlement, Say], str], say: Say) -> Iterator[str]:
    """When and where, what changed, and which aid that is."""
    yield f"{_sign(entitlement)} {status(entitlement, say)}"
    if payout := entitlement.next_payout:
        if changed := words.moved(payout, say):
            yield f"⚠️ {changed}"
        if payout.place.address and payout.place.kind is not PlaceKind.HOME:
            yield f"📍 {plain(payout.place.address)}"
        if entitlement.deadline and payout.place.kind is not PlaceKind.HOME:
            yield say("Paling lambat diambil {batas}.", batas=say.date(entitlement.deadline))
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
    return "📅" if entitlement.next_payout else "▪️"


def _aid(entitlement: Entitlement, say: Say) -> str:
    """`*Rp600.000*, Program Keluarga Harapan, Tahap 1 tahun 2026, atas nama S. M.`"""
    told = [plain(entitlement.programme_name), say.period(entitlement.period)]
    if amount := words.amount(entitlement, say):
        told.insert(0, f"*{amount}*")
    if entitlement.payee:
        told.append(say("atas nama {inisial}", inisial=entitlement.payee))
    return ", ".join(map(str, told))


def _what_to_do(entitlement: Entitlement, say: Say) -> Iterator[str]:
    """What to bring, or to have ready at home, and who else may come; nothing for what is paid or taken off."""
    if not words.still_to_collect(entitlement):
        return
    payout = entitlement.next_payout
    if payout and payout.place.kind is PlaceKind.HOME:
        ready = say("Siapkan")
        yield f"🪪 {ready}: {', '.join(words.bring_items(entitlement.bring, say))}"
    elif papers := words.bring(entitlement.bring, say):
        yield f"🪪 {papers}"
    yield words.proxy(entitlement.proxy, say)


def _brief(entitlement: Entitlement, say: Say) -> str:
    """All on one line."""
    told = unmarked(words.status(entitlement, say)).replace("\n", " ")
    return f"• {_aid(entitlement, say)}: {told}"


def _brief_past(entitlement: Entitlement, say: Say) -> str:
    """What became of it, without what to do about it."""
    told, *_ = unmarked(words.past_status(entitlement, say)).splitlines()
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
    for number, (heading, how) in enumerate(words.ways_on(say), start=1):
        yield f"{number}. *{heading}.* {how}"

"""What is told to whoever follows an answer: one message of one or several changes, each in a sentence or two."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from types import MappingProxyType

from salur.core.following.answers import Day, News
from salur.core.following.kinds import NewsKind
from salur.core.lookup.answers import Elsewhere
from salur.core.notices.answers import Facts
from salur.core.payouts.answers import PaymentState
from salur.words.language import N_, Say, plain
from salur.words.lists.reasons import REASONS
from salur.words.lookup.answer import no_cuts
from salur.words.lookup.days import before, called_off, come, papers
from salur.words.lookup.entitlement import failed, goes, not_received, paid, returned, still_entitled
from salur.words.trust import how_to_reach

# Code of what is refused -> words.
FOLLOW_SLIPS: Mapping[str, str] = MappingProxyType(
    {
        "follows_enough": N_(
            "Di sini sudah dikabari tentang {most} jawaban. Lebih banyak tidak bisa. Berhenti dulu dari semuanya, lalu"
            " pilih lagi."
        ),
        "phones_enough": N_(
            "Hari ini sudah {most} HP yang minta dikabari tentang jawaban itu. Coba lagi besok, atau pilih cara lain."
        ),
        "push_unknown": N_(
            "Kabar ke HP ini tidak bisa: layanan kabar aplikasi internetnya belum kami kenali."
            " Coba dengan Chrome, Firefox, Edge, atau Safari, atau pilih cara lain."
        ),
    }
)
NO_MONEY = frozenset(
    {
        NewsKind.SUSPENDED,
        NewsKind.TAKEN_OFF,
        NewsKind.UNCLEAR,
        NewsKind.RETURNED,
        NewsKind.FAILED,
        NewsKind.DATE_CANCELLED,
        NewsKind.DATE_GONE,
        NewsKind.WITHDRAWN,
    }
)


def news(facts: Facts, say: Say) -> str:
    """The whole message, in `salur.words`' notation. What holds for all of it is said once."""
    told = [News.read(one) for one in facts["news"]]
    by_aid: dict[str, list[News]] = {}
    for one in told:
        by_aid.setdefault(one.aid, []).append(one)
    paragraphs = [
        "\n".join([*(sentences(one, say) for one in same), of_what(same[0], say)]) for same in by_aid.values()
    ]
    if any(one.kind not in NO_MONEY for one in told):
        paragraphs.append(no_cuts(say))
    else:
        paragraphs.append(say("Semua urusan bantuan *gratis*. Ada yang minta uang? Laporkan."))
    return "\n\n".join(paragraphs)


def ended(facts: Facts, say: Say) -> str:
    """Somebody who knows number and name has ended it: Salur cannot know whether that was the payee."""
    told = say("*Kabar ini dihentikan.* Yang meminta: orang yang tahu nomor dan nama penerimanya.")
    if whom := ", ".join(facts["payees"]):
        told += "\n" + say("Ini tentang bantuan atas nama {inisial}", inisial=whom)  # initials end in a full stop
    again = say("Anda penerimanya dan masih mau dikabari? Cek lagi dengan nomor dan nama, lalu tekan *Kabari saya*.")
    return f"{told}\n{again}"


def what_is_told(say: Say) -> str:
    """Of what one is told who follows, whatever the way."""
    return say("Yang dikabarkan: tanggal, tempat, pembayaran, jumlah, perubahan di daftar, dan alasannya.")


def consent_to_telegram(say: Say) -> tuple[str, ...]:
    """What somebody agrees to who is told in a chat, point by point."""
    return (
        what_is_told(say),
        say("Dua hari sebelum pengambilan, dan pagi harinya, Anda diingatkan. Malam hari tidak."),
        say("Kabarnya menyebut bantuan, tempat, jumlah, dan inisial. Tanpa NIK, tanpa nama lengkap."),
        say("Pesan Telegram *lewat server di luar negeri*, dan terbaca oleh siapa saja yang pegang HP."),
        say("Nomor obrolan ini disimpan terkunci. Ketik /berhenti di obrolan, dan nomor itu dihapus."),
    )


def sentences(one: News, say: Say) -> str:
    """What became otherwise; of a day that is near what to bring, too."""
    told = _KINDS[one.kind](one, say)
    return f"{told}\n{papers(one.day, say)}" if one.near and one.day else told


def of_what(one: News, say: Say) -> str:
    """`Program Keluarga Harapan, Tahap 1 tahun 2026, atas nama S. M.`"""
    told = (plain(one.programme_name), say.period(one.period), say("atas nama {inisial}", inisial=one.payee))
    return ", ".join(map(str, told))


def contests(facts: Facts, say: Say) -> tuple[tuple[str, str], ...]:
    """What its payees may say against what is told, as buttons: a label, and what it is called when it is pressed."""
    told = [(News.read(one), ref) for one, ref in zip(facts["news"], facts["refs"], strict=True)]
    against = [(one, ref) for one, ref in told if one.kind is NewsKind.PAID or _is_objected_to(one)]
    return tuple((_contest(one, say, alone=len(against) == 1), ref) for one, ref in against)


def _is_objected_to(one: News) -> bool:
    """Whether its payee can object by a button. Who was paid reports by theirs that it never came."""
    return one.kind is NewsKind.TAKEN_OFF and one.payment != PaymentState.PAID


def _contest(one: News, say: Say, *, alone: bool) -> str:
    """What its payee says against it; of several it says of which."""
    label = not_received(say) if one.kind is NewsKind.PAID else still_entitled(say)
    return label if alone else f"{label}: {one.payee}, {one.programme_name}"  # phones cut what is long


def changed_since(say: Say) -> str:
    """Of what a button was about something else is true now, or it is followed no more."""
    return say("Keadaannya sudah berubah, atau Anda tidak dikabari lagi tentang ini. *Cek lagi dulu.*")


def _listed(one: News, say: Say) -> str:
    return "\n".join(["✅ " + say("Nama ini *terdaftar* sebagai penerima bantuan."), *_what_it_brings(one, say)])


def _listed_again(one: News, say: Say) -> str:
    return "\n".join(["✅ " + say("Nama ini *terdaftar lagi* sebagai penerima bantuan."), *_what_it_brings(one, say)])


def _what_it_brings(one: News, say: Say) -> Iterator[str]:
    """How much, and when; or where it goes by itself."""
    if one.amount is not None:
        yield say("Jumlahnya *{rupiah}*.", rupiah=say.rupiah(one.amount))
    if one.day:
        yield come(one.day, say)
    elif one.payment not in (None, PaymentState.DUE):
        return  # nothing is to come
    elif one.elsewhere:
        yield goes(Elsewhere(one.elsewhere), say)
    else:
        yield say("Tanggal pengambilan *belum ditetapkan*. Nanti kami kabari.")


def _date_set(one: News, say: Say) -> str:
    return "📅 " + say("*Tanggalnya sudah ada.*") + " " + come(_day(one), say)


def _date_moved(one: News, say: Say) -> str:
    told = "⚠️ " + say("*Jadwal berubah.*") + " " + come(_day(one), say)
    return f"{told}\n{before(one.was, say, one.day)}" if one.was else told


def _date_cancelled(one: News, say: Say) -> str:
    return _off(say("*Pengambilan dibatalkan.* Jangan datang. Ada tanggal baru? Nanti kami kabari."), one.was, say)


def _date_gone(one: News, say: Say) -> str:
    return _off(say("*Jadwal ditarik.* Jangan datang dulu. Ada tanggal baru? Nanti kami kabari."), one.was, say)


def _off(told: str, was: Day | None, say: Say) -> str:
    """What is held no more, and which day that was. Nobody need stay away from their own home."""
    if was is not None and was.at_home:
        told = say("*Petugas tidak jadi datang ke rumah.* Jangan menunggu. Ada tanggal baru? Nanti kami kabari.")
    return f"⚠️ {told}" + (f"\n{called_off(was, say)}" if was is not None else "")


def _withdrawn(one: News, say: Say) -> str:
    told = say("*Daftar {periode} ditarik kantor* dan tidak berlaku lagi.", periode=say.period(one.period))
    told += " " + say("Ada daftar baru? Nanti kami kabari.")
    if one.was is None:
        return f"▪️ {told}"
    stay = say("Petugas *tidak jadi datang*.") if one.was.at_home else say("*Jangan datang dulu.*")
    return f"⚠️ {told}\n{stay} {called_off(one.was, say)}"


def _paid(one: News, say: Say) -> str:
    told = paid(_paid_on(one), one.paid_at, say)
    amount = " " + say("Jumlahnya *{rupiah}*.", rupiah=say.rupiah(one.amount)) if one.amount is not None else ""
    against = say("Tidak Anda terima? Tekan *{tombol}*.", tombol=not_received(say))
    return f"✅ {told}{amount}\n{against}"


def _returned(one: News, say: Say) -> str:
    return _whom_to_ask("▪️ " + returned(_paid_on(one), say), one, say)


def _failed(one: News, say: Say) -> str:
    return _whom_to_ask("▪️ " + failed(_paid_on(one), say), one, say)


def _not_paid(one: News, say: Say) -> str:
    told = "▪️ " + say(
        "Kabar bahwa bantuan ini sudah dibayarkan *tidak berlaku lagi*. Sekarang *belum tercatat* dibayarkan."
    )
    return f"{told}\n" + (come(one.day, say) if one.day else say("Ada kabar baru? Nanti kami kabari."))


def _amount(one: News, say: Say) -> str:
    now = say.rupiah(one.amount or 0)
    if one.amount_was is None:
        return "💰 " + say("*Jumlahnya berubah.* Sekarang *{rupiah}*.", rupiah=now)
    was = say.rupiah(one.amount_was)
    return "💰 " + say("*Jumlahnya berubah.* Dulu {dulu}, sekarang *{rupiah}*.", dulu=was, rupiah=now)


def _suspended(one: News, say: Say) -> str:
    told = _because(say("Bantuan ini *sedang dihentikan sementara*."), one, say)
    return _whom_to_ask(f"▪️ {told}\n" + say("Merasa ini salah? Datang ke kelurahan dengan KTP dan KK."), one, say)


def _taken_off(one: News, say: Say) -> str:
    told = _because(say("Di daftar {periode} nama ini *tidak ada lagi*.", periode=say.period(one.period)), one, say)
    against = (
        say("Masih berhak? Tekan *{tombol}*, atau datang ke kelurahan dengan KTP dan KK.", tombol=still_entitled(say))
        if _is_objected_to(one)
        else say("Merasa ini salah? Datang ke kelurahan dengan KTP dan KK.")
    )
    return _whom_to_ask(f"▪️ {told}\n{against}", one, say)


def _unclear(one: News, say: Say) -> str:
    told = say("Di daftar {periode} nama ini *belum pasti*.", periode=say.period(one.period))
    mend = say("Datang ke kelurahan dengan KTP dan KK, supaya datanya diperiksa dan dibetulkan.")
    return _whom_to_ask(f"▪️ {told}\n{mend}", one, say)


def _because(told: str, one: News, say: Say) -> str:
    """With the reason, where the office gave one."""
    known = REASONS.get(one.reason or "")
    return f"{told}\n" + say("Alasan dari kantor: {alasan}.", alasan=say(known)) if known else told


def _whom_to_ask(told: str, one: News, say: Say) -> str:
    """With where that is, as the answer says it."""
    return f"{told}\n🏢 *{plain(one.office.name)}*: {plain(how_to_reach(one.office, say))}" if one.office else told


def _near(one: News, say: Say) -> str:
    return "📅 " + say("*Jangan lupa.*") + " " + come(_day(one), say) + "\n" + papers(_day(one), say)


def _today(one: News, say: Say) -> str:
    return "📅 " + say("*Hari ini.*") + " " + come(_day(one), say) + "\n" + papers(_day(one), say)


def _paid_on(one: News) -> date | None:
    return date.fromisoformat(one.paid_on) if one.paid_on else None


def _day(one: News) -> Day:
    assert one.day is not None
    return one.day


_KINDS: Mapping[NewsKind, Callable[[News, Say], str]] = MappingProxyType(
    {
        NewsKind.LISTED: _listed,
        NewsKind.DATE_SET: _date_set,
        NewsKind.DATE_MOVED: _date_moved,
        NewsKind.DATE_CANCELLED: _date_cancelled,
        NewsKind.DATE_GONE: _date_gone,
        NewsKind.PAID: _paid,
        NewsKind.RETURNED: _returned,
        NewsKind.FAILED: _failed,
        NewsKind.NOT_PAID: _not_paid,
        NewsKind.AMOUNT: _amount,
        NewsKind.SUSPENDED: _suspended,
        NewsKind.TAKEN_OFF: _taken_off,
        NewsKind.UNCLEAR: _unclear,
        NewsKind.LISTED_AGAIN: _listed_again,
        NewsKind.WITHDRAWN: _withdrawn,
        NewsKind.IN_TWO_DAYS: _near,
        NewsKind.TODAY: _today,
    }
)

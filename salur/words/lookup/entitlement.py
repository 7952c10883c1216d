"""Where an entitlement stands, in words: the next sitting, a changed date, paid, returned, failed, taken off …"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from salur.core.lists.kinds import State
from salur.core.lookup.answers import Elsewhere, Entitlement
from salur.core.payouts.answers import PaymentState, Place, PlaceKind, Sitting
from salur.words.language import Say
from salur.words.lookup.answer import OUT, reason


def status(entitlement: Entitlement, say: Say) -> str:
    """What became of this entitlement, whatever is known; what to do about it stands on a line of its own."""
    if entitlement.payment.state is not PaymentState.DUE:
        return _PAYMENTS[entitlement.payment.state](entitlement, say)
    return _STATES[entitlement.state](entitlement, say)


def in_brief(entitlement: Entitlement, say: Say) -> str:
    """The same in as few words as there are, for a list of several: the day, where one is to come."""
    sitting = entitlement.next_sitting
    if sitting and entitlement.payment.state is PaymentState.DUE and entitlement.state not in OUT:
        return say.date(sitting.starts)
    return status(entitlement, say).split("\n")[0]


def contest(entitlement: Entitlement, say: Say) -> str:
    """What its payee says against it, as a button: the money never came, or they are still entitled."""
    paid = entitlement.payment.state is PaymentState.PAID
    return not_received(say) if paid else still_entitled(say)


def not_received(say: Say) -> str:
    """The one."""
    return say("Belum saya terima")


def still_entitled(say: Say) -> str:
    """The other."""
    return say("Saya masih berhak")


def past_status(entitlement: Entitlement, say: Say) -> str:
    """The same of an earlier period, where it is too late to wait for a date."""
    if entitlement.payment.state is not PaymentState.DUE or entitlement.state is not State.ENTITLED:
        return status(entitlement, say)
    if entitlement.next_sitting:
        return status(entitlement, say)
    not_told = say("Di Salur tidak tercatat apakah bantuan ini sudah dibayarkan.")
    return not_told + "\n" + say("Belum Anda terima? Tanyakan ke kelurahan.")


def next_sitting(sitting: Sitting, say: Say) -> str:
    """`Ambil bantuan: *Selasa, 24 Februari 2026*, pukul 08.00–11.00 WIB, di *Kantor Kelurahan Tegalgundil*.`"""
    day, hours = say.date(sitting.starts), own_hours(sitting, say)
    if sitting.place.kind is PlaceKind.HOME:
        told = say("Petugas datang ke rumah: *{hari}*, {jam}. Siapkan surat-suratnya.", hari=day, jam=hours)
    else:
        told = say("Ambil bantuan: *{hari}*, {jam}, di *{tempat}*.", hari=day, jam=hours, tempat=sitting.place.name)
    return " ".join(part for part in (told, if_later(sitting, say)) if part)


def own_hours(sitting: Sitting, say: Say) -> str:
    """The hours in which whom it is told is asked to come: of the whole sitting, or of their own part of it."""
    return say.hours(*_own(sitting))


def _own(sitting: Sitting) -> tuple[datetime, datetime]:
    return (sitting.window.starts, sitting.window.ends) if sitting.window else (sitting.starts, sitting.ends)


def if_later(sitting: Sitting, say: Say) -> str:
    """That nobody who comes after their own hour is sent away; empty where they have none, or the last."""
    if sitting.window is None or sitting.window.ends >= sitting.ends:
        return ""
    if sitting.place.kind is PlaceKind.HOME:
        return say("Bisa juga lebih lambat, sampai pukul {jam}.", jam=say.clock(sitting.ends))
    return say("Datang lebih lambat tetap dilayani, sampai pukul {jam}.", jam=say.clock(sitting.ends))


def called_off(sitting: Sitting, say: Say) -> str:
    """That a sitting will not be held, and no other is known."""
    day = say.date(sitting.starts)
    if sitting.place.kind is PlaceKind.HOME:
        return say("Kunjungan petugas *{hari}* *dibatalkan*. Tanggal baru belum ditetapkan.", hari=day)
    return say(
        "Pengambilan *{hari}* di {tempat} *dibatalkan*. Tanggal baru belum ditetapkan.",
        hari=day,
        tempat=sitting.place.name,
    )


def moved(sitting: Sitting, say: Say) -> str | None:
    """What changed against the sitting it replaced: day, hours, place, whichever did. None when nothing did."""
    old = sitting.replaced
    if old is None:
        return None
    if old.starts.year != sitting.starts.year:
        before, after = say.date(old.starts), say.date(sitting.starts)
    elif old.starts.date() != sitting.starts.date():
        before, after = say.day_and_month(old.starts), say.day_and_month(sitting.starts)
    elif _own(old) != _own(sitting):
        before, after = own_hours(old, say), own_hours(sitting, say)
    elif old.place.name != sitting.place.name:
        return say(
            "Tempat berubah. Semula di {lama}. Sekarang di *{baru}*.", lama=old.place.name, baru=sitting.place.name
        )
    else:
        return None
    changed = say("Jadwal berubah. Semula {lama}. Sekarang *{baru}*.", lama=before, baru=after)
    if old.place.name == sitting.place.name:
        return changed
    return changed + " " + say("Tempatnya juga pindah, semula di {lama}.", lama=old.place.name)


def _paid(entitlement: Entitlement, say: Say) -> str:
    return paid(entitlement.payment.on, entitlement.payment.at, say) + "\n" + say("Belum Anda terima? Laporkan.")


def paid(on: date | None, at: str | None, say: Say) -> str:
    """That it was paid, when and where as far as that is known."""
    if on and at:
        return say("*Sudah dibayarkan* pada {tanggal} di {tempat}.", tanggal=say.short_date(on), tempat=at)
    if on:
        return say("*Sudah dibayarkan* pada {tanggal}.", tanggal=say.short_date(on))
    return say("*Sudah dibayarkan.*")


def _returned(entitlement: Entitlement, say: Say) -> str:
    return returned(entitlement.payment.on, say)


def returned(on: date | None, say: Say) -> str:
    """That the money was not collected in time, on which day it went back, and what to do."""
    told = (
        say(
            "Bantuan ini tidak diambil sampai batas waktu, lalu *dikembalikan* pada {tanggal}.",
            tanggal=say.short_date(on),
        )
        if on
        else say("Bantuan ini tidak diambil sampai batas waktu, lalu *dikembalikan*.")
    )
    return told + "\n" + say("Tanyakan ke kelurahan apakah masih bisa diurus.")


def _failed(entitlement: Entitlement, say: Say) -> str:
    return failed(entitlement.payment.on, say)


def failed(on: date | None, say: Say) -> str:
    """Nobody knows yet where the money is, so nothing is said of it: neither that it waits nor that it is lost."""
    told = (
        say("Pembayaran pada {tanggal} *tidak berhasil*.", tanggal=say.short_date(on))
        if on
        else say("Pembayaran bantuan ini *tidak berhasil*.")
    )
    return told + "\n" + say("Tanyakan ke kelurahan apa sebabnya, dan apakah akan dibayarkan lagi.")


def _entitled(entitlement: Entitlement, say: Say) -> str:
    if entitlement.next_sitting:
        return next_sitting(entitlement.next_sitting, say)
    if entitlement.cancelled_sitting:
        again = say("Periksa lagi minggu depan, atau minta dikabari.")
        return f"{called_off(entitlement.cancelled_sitting, say)}\n{again}"
    if entitlement.missed_sitting:
        return _missed(entitlement, entitlement.missed_sitting, say)
    if entitlement.elsewhere is not None:
        return goes(entitlement.elsewhere, say)
    if entitlement.lapsed:
        return say(
            "Daftar ini berlaku sampai {tanggal}. Daftar yang lebih baru *belum ada* di Salur. Tanyakan ke kelurahan.",
            tanggal=say.short_date(entitlement.valid_until),
        )
    return say("Tanggal pengambilan *belum ditetapkan*. Periksa lagi minggu depan, atau minta dikabari.")


def goes(elsewhere: Elsewhere, say: Say) -> str:
    """Where money goes for which nobody is given a day."""
    match elsewhere:
        case Elsewhere.CARD:
            return say(
                "Bantuan masuk ke kartu KKS. Ambil di bank, ATM, atau agen bank. Jangan beri tahu PIN kepada siapa pun."
            )
        case Elsewhere.INSURANCE:
            return say("Bantuan ini langsung dibayarkan ke BPJS Kesehatan. Tidak ada uang yang diambil.")
        case Elsewhere.GROUP:
            return say("Uangnya masuk ke rekening kelompok. Tanyakan kepada ketua kelompok.")


def _missed(entitlement: Entitlement, sitting: Sitting, say: Say) -> str:
    """The day has passed without a payment known: what is still possible."""
    told = say(
        "Pengambilan *{hari}* di {tempat} *sudah lewat*.", hari=say.date(sitting.starts), tempat=sitting.place.name
    )
    return f"{told}\n{still_possible(entitlement.post_office, entitlement.deadline, say)}"


def still_possible(where: Place | None, deadline: date | None, say: Say) -> str:
    """Of what was missed: where it may be collected still, and how long."""
    if deadline:
        batas = say.date(deadline)
        if where is None:
            return say(
                "Belum diambil? Bisa di kantor pos, paling lambat *{batas}*, pada jam kerja. Sesudah itu, tanyakan"
                " ke kelurahan.",
                batas=batas,
            )
        return say(
            "Belum diambil? Bisa di *{kantor}*, paling lambat *{batas}*. {alamat} Sesudah itu, tanyakan ke kelurahan.",
            kantor=where.name,
            batas=batas,
            alamat=_where_and_when(where, say),
        )
    if where is None:
        return say("Belum diambil? Tanyakan ke kantor pos atau kelurahan apakah masih bisa diambil.")
    return say(
        "Belum diambil? Tanyakan ke *{kantor}* atau kelurahan apakah masih bisa diambil. {alamat}",
        kantor=where.name,
        alamat=_where_and_when(where, say),
    )


def _where_and_when(place: Place, say: Say) -> str:
    """`Jl. Ir. H. Juanda No. 5, buka Senin-Sabtu 08.00-16.00.`; without hours: those in which offices are open."""
    open_at = say("buka {jam}", jam=place.opening_hours) if place.opening_hours else say("buka pada jam kerja")
    told = ", ".join(part for part in (place.address, open_at) if part)
    return f"{told[:1].upper()}{told[1:]}."


def group(entitlement: Entitlement, say: Say) -> str:
    """Whose aid it is, for aid to a group."""
    if entitlement.group_name:
        return of_group(entitlement.group_name, say)
    return say("Bantuan ini untuk *kelompok*, bukan untuk satu orang.")


def of_group(name: str, say: Say) -> str:
    """The same where the name of the group is known."""
    return say("Bantuan ini untuk kelompok *{kelompok}*, bukan untuk satu orang.", kelompok=name)


def _group(entitlement: Entitlement, say: Say) -> str:
    what_to_do = next_sitting(entitlement.next_sitting, say) if entitlement.next_sitting else goes(Elsewhere.GROUP, say)
    return group(entitlement, say) + "\n" + what_to_do


def _suspended(entitlement: Entitlement, say: Say) -> str:
    return _with_reason(say("Bantuan ini *sedang dihentikan sementara*."), entitlement, say)


def _taken_off(entitlement: Entitlement, say: Say) -> str:
    told = say("Di daftar {periode} nama ini *tidak ada lagi*.", periode=say.period(entitlement.period))
    if entitlement.last_listed:
        before = say("Sampai {periode} Anda terdaftar.", periode=say.period(entitlement.last_listed))
        told = before + " " + told
    return _with_reason(told, entitlement, say)


def _unclear(entitlement: Entitlement, say: Say) -> str:
    before = say("Sampai {periode} Anda terdaftar.", periode=say.period(entitlement.last_listed or entitlement.period))
    now = say(
        "Di daftar {periode} ada baris yang *mungkin milik Anda*, tetapi NIK, KK, atau namanya tidak terbaca"
        " atau tidak cocok.",
        periode=say.period(entitlement.period),
    )
    mend = say("Datang ke kelurahan dengan KTP dan KK, supaya datanya diperiksa dan dibetulkan.")
    other_way = say("Coba juga dengan NIK, atau dengan kode di surat pemberitahuan yang terbaru.")
    return f"{before} {now}\n{mend}\n{other_way}"


def _with_reason(told: str, entitlement: Entitlement, say: Say) -> str:
    if entitlement.reason:
        told += "\n" + say("Alasan dari kantor: {alasan}.", alasan=reason(entitlement.reason, say).rstrip("."))
    return told + "\n" + say("Merasa ini salah? Datang ke kelurahan dengan KTP dan KK.")


_PAYMENTS: dict[PaymentState, Callable[[Entitlement, Say], str]] = {
    PaymentState.PAID: _paid,
    PaymentState.RETURNED: _returned,
    PaymentState.FAILED: _failed,
}
_STATES: dict[State, Callable[[Entitlement, Say], str]] = {
    State.ENTITLED: _entitled,
    State.GROUP: _group,
    State.SUSPENDED: _suspended,
    State.TAKEN_OFF: _taken_off,
    State.UNCLEAR: _unclear,
}

"""Where an entitlement stands, in words: the next payout, a changed date, paid, returned, suspended, taken off."""

from __future__ import annotations

from collections.abc import Callable

from salur.core.answers import Channel, Entitlement, PaymentState, Payout, PlaceKind, State
from salur.words.answer import reason
from salur.words.language import Say

NOT_COLLECTED = frozenset({"PBI-JK"})  # paid straight to the insurance


def status(entitlement: Entitlement, say: Say) -> str:
    """What became of this entitlement, whatever is known; what to do about it stands on a line of its own."""
    if entitlement.payment.state is not PaymentState.DUE:
        return _PAYMENTS[entitlement.payment.state](entitlement, say)
    return _STATES[entitlement.state](entitlement, say)


def past_status(entitlement: Entitlement, say: Say) -> str:
    """The same of an earlier period, where it is too late to wait for a date."""
    if entitlement.payment.state is not PaymentState.DUE or entitlement.state is not State.ENTITLED:
        return status(entitlement, say)
    if entitlement.next_payout:
        return status(entitlement, say)
    not_told = say("Di Salur tidak tercatat apakah bantuan ini sudah dibayarkan.")
    return not_told + "\n" + say("Belum Anda terima? Tanyakan ke kelurahan.")


def next_payout(payout: Payout, say: Say) -> str:
    """`Ambil bantuan: *Selasa, 24 Februari 2026*, pukul 08.00–11.00 WIB, di *Kantor Kelurahan Tegalgundil*.`"""
    day, hours = say.date(payout.starts), say.hours(payout.starts, payout.ends)
    if payout.place.kind is PlaceKind.HOME:
        return say("Petugas datang ke rumah: *{hari}*, {jam}. Siapkan surat-suratnya.", hari=day, jam=hours)
    return say(
        "Ambil bantuan: *{hari}*, {jam}, di *{tempat}*.",
        hari=day,
        jam=hours,
        tempat=payout.place.name,
    )


def moved(payout: Payout, say: Say) -> str | None:
    """What changed against the sitting it replaced: day, hours, place, whichever did. None when nothing did."""
    old = payout.replaced
    if old is None:
        return None
    if old.starts.date() != payout.starts.date():
        before, after = say.day_and_month(old.starts), say.day_and_month(payout.starts)
    elif (old.starts, old.ends) != (payout.starts, payout.ends):
        before, after = say.hours(old.starts, old.ends), say.hours(payout.starts, payout.ends)
    elif old.place.name != payout.place.name:
        return say(
            "Tempat berubah. Semula di {lama}. Sekarang di *{baru}*.", lama=old.place.name, baru=payout.place.name
        )
    else:
        return None
    changed = say("Jadwal berubah. Semula {lama}. Sekarang *{baru}*.", lama=before, baru=after)
    if old.place.name == payout.place.name:
        return changed
    return changed + " " + say("Tempatnya juga pindah, semula di {lama}.", lama=old.place.name)


def _paid(entitlement: Entitlement, say: Say) -> str:
    payment = entitlement.payment
    if payment.on and payment.at:
        told = say(
            "*Sudah dibayarkan* pada {tanggal} di {tempat}.", tanggal=say.short_date(payment.on), tempat=payment.at
        )
    elif payment.on:
        told = say("*Sudah dibayarkan* pada {tanggal}.", tanggal=say.short_date(payment.on))
    else:
        told = say("*Sudah dibayarkan.*")
    return told + "\n" + say("Belum Anda terima? Laporkan.")


def _returned(entitlement: Entitlement, say: Say) -> str:
    on = entitlement.payment.on
    told = (
        say(
            "Bantuan ini tidak diambil sampai batas waktu, lalu *dikembalikan* pada {tanggal}.",
            tanggal=say.short_date(on),
        )
        if on
        else say("Bantuan ini tidak diambil sampai batas waktu, lalu *dikembalikan*.")
    )
    return told + "\n" + say("Tanyakan ke kelurahan apakah masih bisa diurus.")


def _entitled(entitlement: Entitlement, say: Say) -> str:
    if entitlement.next_payout:
        return next_payout(entitlement.next_payout, say)
    if entitlement.missed_payout:
        return _missed(entitlement, entitlement.missed_payout, say)
    if entitlement.channel is Channel.BANK_CARD:
        return say(
            "Bantuan masuk ke kartu KKS. Ambil di bank, ATM, atau agen bank. Jangan beri tahu PIN kepada siapa pun."
        )
    if not entitlement.amount and entitlement.programme in NOT_COLLECTED:
        return say("Bantuan ini langsung dibayarkan ke BPJS Kesehatan. Tidak ada uang yang diambil.")
    if entitlement.lapsed:
        return say(
            "Daftar ini berlaku sampai {tanggal}. Daftar yang lebih baru *belum ada* di Salur. Tanyakan ke kelurahan.",
            tanggal=say.short_date(entitlement.valid_until),
        )
    return say("Tanggal pengambilan *belum ditetapkan*. Periksa lagi minggu depan.")


def _missed(entitlement: Entitlement, payout: Payout, say: Say) -> str:
    """The day has passed without a payment known: what is still possible."""
    told = say(
        "Pengambilan *{hari}* di {tempat} *sudah lewat*.", hari=say.date(payout.starts), tempat=payout.place.name
    )
    if entitlement.deadline:
        return (
            told
            + "\n"
            + say(
                "Belum diambil? Bisa di kantor pos, paling lambat *{batas}*, pada jam kerja. Sesudah itu, tanyakan"
                " ke kelurahan.",
                batas=say.date(entitlement.deadline),
            )
        )
    return told + "\n" + say("Belum diambil? Tanyakan ke kantor pos atau kelurahan apakah masih bisa diambil.")


def group(entitlement: Entitlement, say: Say) -> str:
    """Whose aid it is, for aid to a group."""
    if entitlement.group_name:
        return say("Bantuan ini untuk kelompok *{kelompok}*, bukan untuk satu orang.", kelompok=entitlement.group_name)
    return say("Bantuan ini untuk *kelompok*, bukan untuk satu orang.")


def _group(entitlement: Entitlement, say: Say) -> str:
    what_to_do = (
        next_payout(entitlement.next_payout, say)
        if entitlement.next_payout
        else say("Uangnya masuk ke rekening kelompok. Tanyakan kepada ketua kelompok.")
    )
    return group(entitlement, say) + "\n" + what_to_do


def _suspended(entitlement: Entitlement, say: Say) -> str:
    return _with_reason(say("Bantuan ini *sedang dihentikan sementara*."), entitlement, say)


def _taken_off(entitlement: Entitlement, say: Say) -> str:
    told = say("Di daftar {periode} nama ini *tidak ada lagi*.", periode=say.period(entitlement.period))
    if entitlement.last_listed:
        before = say("Sampai {periode} Anda terdaftar.", periode=say.period(entitlement.last_listed))
        told = before + " " + told
    return _with_reason(told, entitlement, say)


def _with_reason(told: str, entitlement: Entitlement, say: Say) -> str:
    if entitlement.reason:
        told += "\n" + say("Alasan dari kantor: {alasan}.", alasan=reason(entitlement.reason, say).rstrip("."))
    return told + "\n" + say("Merasa ini salah? Datang ke kelurahan dengan KTP dan KK.")


_PAYMENTS: dict[PaymentState, Callable[[Entitlement, Say], str]] = {
    PaymentState.PAID: _paid,
    PaymentState.RETURNED: _returned,
}
_STATES: dict[State, Callable[[Entitlement, Say], str]] = {
    State.ENTITLED: _entitled,
    State.GROUP: _group,
    State.SUSPENDED: _suspended,
    State.TAKEN_OFF: _taken_off,
}

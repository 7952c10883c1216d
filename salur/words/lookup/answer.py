"""The answer in words: the verdict, what to bring, who may come instead, where the facts come from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, tzinfo
from types import MappingProxyType

from salur.core.lists.kinds import State
from salur.core.lookup.answers import Answer, Entitlement, OnTheList
from salur.core.payouts.answers import Channel, PaymentState, PlaceKind
from salur.words.language import N_, Say
from salur.words.lists.reasons import REASONS

PAPERS: Mapping[str, str] = MappingProxyType(
    {
        "letter": N_("surat pemberitahuan"),
        "ktp": N_("KTP asli"),
        "kk": N_("KK asli"),
        "kks": N_("kartu KKS"),
    }
)
PROXIES: Mapping[str, str] = MappingProxyType(
    {
        "same_kk": N_(
            "Tidak bisa datang? Anggota keluarga dalam KK yang sama boleh mengambilkan."
            " Bawa KK asli dan dua KTP asli: milik penerima dan milik yang mengambilkan."
        ),
        "same_kk_or_attorney": N_(
            "Sakit, lansia, atau disabilitas? Keluarga dalam KK yang sama boleh mengambilkan."
            " Bawa KK asli, dua KTP asli (milik penerima dan milik yang mengambilkan),"
            " dan surat kuasa yang ditandatangani."
        ),
    }
)
CHANNELS: Mapping[Channel, str] = MappingProxyType(
    {
        Channel.POST_OFFICE: N_("tunai di kantor pos"),
        Channel.COMMUNITY_POINT: N_("tunai di tempat pembayaran dekat rumah"),
        Channel.HOME: N_("tunai, diantar petugas ke rumah"),
        Channel.BANK_CARD: N_("lewat kartu KKS di bank"),
    }
)
PLACE_KINDS: Mapping[PlaceKind, str] = MappingProxyType(
    {
        PlaceKind.POST_OFFICE: N_("kantor pos"),
        PlaceKind.VILLAGE_HALL: N_("kantor kelurahan atau desa"),
        PlaceKind.DISTRICT_OFFICE: N_("kantor kecamatan"),
        PlaceKind.SCHOOL: N_("sekolah"),
        PlaceKind.HOME: N_("rumah penerima"),
        PlaceKind.OTHER: N_("tempat pembayaran"),
    }
)

NOT_PAID = frozenset({PaymentState.RETURNED, PaymentState.FAILED})
OUT = frozenset({State.SUSPENDED, State.TAKEN_OFF, State.UNCLEAR})  # nothing is paid, as far as is known


def verdict(answer: Answer, say: Say) -> str:
    """The first sentence, which a resident could stop reading after."""
    if not isinstance(answer, OnTheList):
        return say("Nomor dan nama itu *tidak kami temukan bersama-sama* di daftar.")
    states = {entitlement.state for entitlement in answer.present}
    if states & {State.ENTITLED, State.GROUP}:
        listed = say("Nama ini *terdaftar* sebagai penerima bantuan.")
        several = sum(entitlement.state in (State.ENTITLED, State.GROUP) for entitlement in answer.present)
        return listed if several == 1 else listed + " " + say("Ada *{n} bantuan*.", n=several)
    if State.SUSPENDED in states:
        return say("Nama ini terdaftar, tetapi bantuannya *sedang dihentikan sementara*.")
    if State.UNCLEAR in states:
        return say("Nama ini pernah terdaftar. Di daftar terbaru *belum pasti*.")
    if not states:
        return say("Nama ini *pernah terdaftar*. Daftar terbaru belum ada di Salur.")
    return say("Nama ini *pernah terdaftar*. Di daftar terbaru nama ini tidak ada lagi.")


def read_only(as_of: datetime, now: datetime, zone: tzinfo, say: Say) -> str:
    """How new the data are that a standby has, and what cannot be done as long as it answers."""
    then = as_of.astimezone(zone)
    told = {"jam": say.clock(then), "zona": then.tzname() or ""}
    if then.date() == now.astimezone(zone).date():
        data = say("Data ini dari pukul {jam} {zona}.", **told)
    else:
        data = say("Data ini dari {hari} pukul {jam} {zona}.", hari=say.date(then), **told)
    return data + " " + say("Laporan dan perubahan belum bisa diterima sekarang. Coba lagi nanti.")


def amount(entitlement: Entitlement, say: Say) -> str | None:
    """`Rp600.000`, or None when the list does not say how much."""
    return None if entitlement.amount is None else say.rupiah(entitlement.amount)


def bring_items(codes: Iterable[str], say: Say) -> tuple[str, ...]:
    """What to bring, one by one; an unknown code is left out rather than shown."""
    return tuple(say(PAPERS[code]) for code in codes if code in PAPERS)


def bring(codes: Iterable[str], say: Say) -> str:
    """`Bawa surat pemberitahuan, KTP asli, dan KK asli.` Empty when nothing is to be brought."""
    items = bring_items(codes, say)
    if not items:
        return ""
    if len(items) == 1:
        return say("Bawa {benda}.", benda=items[0])
    if len(items) == 2:
        return say("Bawa {benda} dan {terakhir}.", benda=items[0], terakhir=items[1])
    return say("Bawa {benda}, dan {terakhir}.", benda=", ".join(items[:-1]), terakhir=items[-1])


def still_to_collect(entitlement: Entitlement) -> bool:
    """Whether there is something to go and get: on a day to come, or at the post office after a missed one."""
    if entitlement.payment.state is not PaymentState.DUE or entitlement.state in OUT:
        return False
    return bool(entitlement.next_sitting or (entitlement.missed_sitting and entitlement.state is State.ENTITLED))


def proxy(code: str, say: Say) -> str:
    """Who may come instead."""
    return say(PROXIES.get(code, PROXIES["same_kk"]))


def channel(how: Channel | None, say: Say) -> str | None:
    """How the aid is paid out, in a few words; None when the list does not say."""
    return None if how is None else say(CHANNELS[how])


def home_visit(say: Say) -> str:
    """For whom a sitting at home is, where everybody reads it."""
    return say("Untuk yang sakit, lansia, atau disabilitas: petugas datang ke rumah.")


def place_kind(kind: PlaceKind, say: Say) -> str:
    """What kind of place it is, in a few words."""
    return say(PLACE_KINDS[kind])


def reason(code_or_words: str, say: Say) -> str:
    """The reason in a resident's words; what is no code of `REASONS` are the office's own words, shown as they are."""
    known = REASONS.get(code_or_words)
    return say(known) if known else str(code_or_words)


def no_cuts(say: Say) -> str:
    """What stands wherever money is to come: letters and levies travel the same path."""
    return say("Bantuan diterima utuh. *Tidak ada potongan.* Ada yang minta bagian? Laporkan.")


def against_levies(entitlement: Entitlement, say: Say) -> str:
    """What stands on every answer. Where no money is to come, it must not sound as if some were."""
    if entitlement.state in OUT or entitlement.payment.state in NOT_PAID:
        return say("Semua urusan bantuan *gratis*. Ada yang minta uang? Laporkan.")
    return no_cuts(say)


def fine_print(entitlement: Entitlement, say: Say) -> str:
    """Which list says so, of which day, by which decree, and until when it is true."""
    told = say(
        "Menurut daftar {periode} tanggal {tanggal}: {dasar}, {penerbit}.",
        periode=say.period(entitlement.period),
        tanggal=say.short_date(entitlement.list_date),
        dasar=entitlement.decree,
        penerbit=entitlement.issuer,
    )
    if entitlement.valid_until:
        told += " " + say("Berlaku sampai {tanggal}.", tanggal=say.short_date(entitlement.valid_until))
    return told


def ways_on(say: Say) -> tuple[tuple[str, str], ...]:
    """What someone can do who was not found: three concrete ways, each a heading and a sentence or two."""
    return (
        (
            say("Periksa lagi yang diketik"),
            say(
                "Lihat nomor dan nama di KTP. Bantuan sering atas nama ibu atau kepala keluarga:"
                " coba nomor KK dengan nama itu, atau kode di surat pemberitahuan."
            ),
        ),
        (
            say("Tanya ke kelurahan"),
            say("Bawa KTP asli dan KK asli. Petugas bisa memeriksa daftar dan memperbaiki data yang salah."),
        ),
        (
            say("Ajukan diri"),
            say(
                "Merasa berhak? Anda bisa mengusulkan keluarga sendiri. RT/RW dan kelurahan memeriksanya. Gratis."
                " Bantuan dari pusat bisa dicek juga di cekbansos.kemensos.go.id."
            ),
        ),
    )

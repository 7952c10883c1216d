"""What an office reads of its places: what was done with them, by what two seem to be one, and why not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from salur.core.payouts.answers import PlaceKind
from salur.core.payouts.places.answers import PlaceHappened
from salur.core.payouts.places.kinds import Alike, PlaceEvent
from salur.words.language import N_, Say
from salur.words.lookup.answer import place_kind

EVENTS: Mapping[PlaceEvent, str] = {
    PlaceEvent.ADDED: N_("Ditambahkan"),
    PlaceEvent.CHANGED: N_("Diubah"),
    PlaceEvent.BY_SCHEDULE: N_("Disebut oleh sebuah jadwal"),
    PlaceEvent.MERGED: N_("{tempat} digabung ke {lain}; {jumlah} jadwal ikut pindah"),
    PlaceEvent.DIFFERENT: N_("{tempat} dan {lain} dinyatakan dua tempat yang berbeda"),
}
ALIKE: Mapping[Alike, str] = {
    Alike.NAME: N_("namanya mirip"),
    Alike.ADDRESS: N_("alamatnya sama"),
    Alike.SPOT: N_("letaknya berdampingan di peta"),
}
FACTS: Mapping[str, str] = {
    "name": N_("nama"),
    "kind": N_("jenis tempat"),
    "region_code": N_("wilayah"),
    "address": N_("alamat"),
    "latitude": N_("lintang"),
    "longitude": N_("bujur"),
    "opening_hours": N_("jam buka"),
    "per_hour": N_("keluarga per jam"),
}
PLACE_SLIPS: Mapping[str, str] = {
    "no_such_place": N_("Tempat itu tidak ada, atau sudah digabung ke tempat lain."),
    "place_known": N_("Tempat dengan nama, jenis, dan wilayah ini sudah ada."),
    "place_alike": N_("Mungkin tempat ini sudah ada. Lihat dulu yang mirip di bawah."),
    "place_would_move": N_("Warga akan dikirim ke letak lain. Periksa, lalu centang."),
    "not_your_area": N_("Wilayah ini bukan wilayah kantor Anda."),
    "same_place": N_("Pilih dua tempat yang berbeda."),
    "undo_later_first": N_("Sesudah itu masih ada yang dikerjakan pada tempat ini. Batalkan dulu yang terakhir."),
    "no_position": N_(
        "Letak itu belum bisa dibaca. Salin tautan panjang dari peta, atau ketik dua angka seperti -6.5971, 106.8060."
    ),
    "short_link": N_(
        "Tautan pendek tidak memuat letaknya. Buka tautan itu, lalu salin alamat panjang yang muncul di peramban."
    ),
}


def alike(why: Iterable[Alike], say: Say) -> str:
    """`namanya mirip, alamatnya sama`."""
    return ", ".join(say(ALIKE[one]) for one in why)


def event(happened: PlaceHappened, say: Say) -> str:
    """What was done."""
    return say(
        EVENTS[happened.what], tempat=happened.place_name, lain=happened.other_name or "?", jumlah=happened.sittings
    )


def before(happened: PlaceHappened, say: Say) -> list[str]:
    """What stood before: `alamat: Jl. Lama No. 1`."""
    return [
        say("{bagian}, semula: {isi}", bagian=say(FACTS[name]), isi=_told(name, value, say))
        for name, value in happened.before.items()
        if name in FACTS
    ]


def _told(name: str, value: object, say: Say) -> object:
    if name == "kind":
        return place_kind(PlaceKind(str(value)), say)
    return say("kosong") if value is None else value

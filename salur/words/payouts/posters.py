"""What a poster says, to everybody who walks past: as little as can be read standing."""

from __future__ import annotations

from salur.core.letters.answers import Poster
from salur.core.payouts.answers import AnnouncedSitting, PlaceKind
from salur.words.language import Say
from salur.words.lookup.answer import bring, home_visit
from salur.words.lookup.entitlement import moved
from salur.words.payouts.areas import in_brief


def title(say: Say) -> str:
    """What it is."""
    return say("Jadwal pengambilan bantuan")


def area(poster: Poster) -> str:
    """`RW 005 Tegal Gundil`."""
    return f"RW {poster.rw:03} {poster.area}" if poster.rw is not None else poster.area


def around(poster: Poster, say: Say) -> str:
    """`Kecamatan Bogor Utara, Kota Bogor`."""
    district = say("Kecamatan {nama}", nama=poster.kecamatan) if poster.kecamatan else ""
    return ", ".join(filter(None, (district, poster.kabupaten)))


def hours(announced: AnnouncedSitting, say: Say) -> str:
    """`Pukul 08.00–11.00 WIB`."""
    told = say.hours(announced.sitting.starts, announced.sitting.ends)
    return f"{told[:1].upper()}{told[1:]}"


def aid(announced: AnnouncedSitting, say: Say) -> str:
    """`Program Keluarga Harapan, Tahap 1 tahun 2026`."""
    return f"{announced.programme_name}, {say.period(announced.period)}"


def whom(announced: AnnouncedSitting, poster: Poster) -> str:
    """`RW 001–005`; empty where it is for all whom the poster is for."""
    regions = {one.region_name for one in announced.areas}
    return in_brief(announced.areas, named=regions != {poster.area})


def note(announced: AnnouncedSitting, say: Say) -> str:
    """That it will not be held, or what it was before; empty where neither is so."""
    if announced.sitting.cancelled:
        return say("*Dibatalkan.* Tanggal baru belum ditetapkan.")
    return moved(announced.sitting, say) or ""


def place(announced: AnnouncedSitting, say: Say) -> tuple[str, str]:
    """Its name and address."""
    where = announced.sitting.place
    return (home_visit(say), "") if where.kind is PlaceKind.HOME else (where.name, where.address or "")


def none_yet(say: Say) -> str:
    """What stands where the sittings would."""
    return say("Belum ada jadwal baru.")


def more(count: int, say: Say) -> str:
    """How many stand only on Salur."""
    return say.plural("Dan {n} jadwal lagi: lihat di Salur.", "Dan {n} jadwal lagi: lihat di Salur.", count)


def what_to_bring(poster: Poster, say: Say) -> tuple[str, ...]:
    """`Bawa surat pemberitahuan, KTP asli, dan KK asli.`, then what is otherwise for a programme."""
    others = tuple(f"{programme}: {bring(codes, say)}" for programme, codes in poster.bring_else.items() if codes)
    return tuple(filter(None, (bring(poster.bring, say), *others)))


def look(poster: Poster, say: Say) -> str:
    """Where the same stands, with what changed since."""
    told = say("Jadwal bisa berubah. Cek di *{alamat}*.", alamat=poster.site)
    return told + (" " + say("Di Telegram: *@{bot}*.", bot=poster.bot) if poster.bot else "")


def made(poster: Poster, say: Say) -> str:
    """When it was printed, so that an old one is known for old."""
    return say("Dicetak {tanggal}.", tanggal=say.short_date(poster.made_on))

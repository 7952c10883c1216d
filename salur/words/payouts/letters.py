"""What a letter says: few words, one idea in a sentence, so that it is understood when read aloud once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from salur.core.letters.answers import Landmark, Letter
from salur.core.regions.distance import Way
from salur.core.regions.office import Office
from salur.words.language import N_, Say
from salur.words.lookup.answer import bring_items
from salur.words.lookup.entitlement import of_group
from salur.words.trust import how_to_reach

OCTANTS = (
    N_("utara"), N_("timur laut"), N_("timur"), N_("tenggara"),
    N_("selatan"), N_("barat daya"), N_("barat"), N_("barat laut"),
)  # fmt: skip
PROXIES: Mapping[str, str] = MappingProxyType(
    {
        "same_kk": N_(
            "Tidak bisa datang? Keluarga dalam KK yang sama boleh mengambilkan. Bawa KK asli dan dua KTP asli."
        ),
        "same_kk_or_attorney": N_(
            "Tidak bisa datang? Keluarga dalam KK yang sama boleh mengambilkan. Bawa KK asli, dua KTP asli, dan surat"
            " kuasa yang ditandatangani."
        ),
    }
)


def title(say: Say) -> str:
    """What it is."""
    return say("Surat pemberitahuan bantuan")


def number(letter: Letter, say: Say) -> str:
    """`Nomor 16100/000123`."""
    return say("Nomor {nomor}", nomor=letter.number)


def area(letter: Letter, say: Say) -> str:
    """`RT 003/RW 005, Tegal Gundil, Kecamatan Bogor Utara, Kota Bogor`."""
    numbers = [f"{name} {number:03}" for name, number in (("RT", letter.rt), ("RW", letter.rw)) if number is not None]
    district = say("Kecamatan {nama}", nama=letter.kecamatan) if letter.kecamatan else ""
    return ", ".join(filter(None, ("/".join(numbers), letter.kelurahan, district, letter.kabupaten)))


def aid(letter: Letter, say: Say) -> str:
    """`Program Keluarga Harapan, Tahap 1 tahun 2026`."""
    return f"{letter.programme}, {say.period(letter.period)}"


def how_much(letter: Letter, say: Say) -> str:
    """`Rp600.000`, `beras 20 kg`, or both; empty where the list says neither."""
    told = [] if letter.amount is None else [say.rupiah(letter.amount)]
    return " + ".join([*told, *filter(None, [letter.goods])])


def group(letter: Letter, say: Say) -> str:
    """Whose aid it is, for aid to a group; else empty."""
    return of_group(letter.group, say) if letter.group else ""


def turn(letter: Letter, say: Say) -> str:
    """The hours to come at: one's own turn, or those of the sitting."""
    if letter.window is not None:
        return say("Giliran Anda: {jam}", jam=say.hours(*letter.window))
    hours = say.hours(letter.sitting.starts, letter.sitting.ends) if letter.sitting else ""
    return f"{hours[:1].upper()}{hours[1:]}"


def open_at(letter: Letter, say: Say) -> str:
    """The hours of the sitting, where one's own turn is another; else empty."""
    if letter.window is None or letter.sitting is None or letter.at_home:
        return ""
    hours = (letter.sitting.starts, letter.sitting.ends)
    return "" if letter.window == hours else say("Tempat ini buka {jam}.", jam=say.hours(*hours))


def comes_home(say: Say) -> str:
    """That there is nowhere to go."""
    return say("Petugas datang ke rumah Anda.")


def no_day(say: Say) -> str:
    """What stands where the day would."""
    return say("Hari dan tempat belum ditetapkan")


def ask_again(say: Say) -> str:
    """What to do until there is one."""
    return say("Cek lagi di Salur, atau tanya ke kelurahan.")


def late(letter: Letter, say: Say) -> str:
    """What is still possible after the day; empty where no last day is known."""
    if letter.deadline is None or letter.sitting is None or letter.sitting.cancelled:
        return ""
    return say(
        "Tidak sempat hari itu? Ambil di kantor pos, paling lambat *{batas}*.",
        batas=say.short_date(letter.deadline),
    )


def bring(codes: Iterable[str], say: Say) -> tuple[str, ...]:
    """What to bring, one by one; the letter is this one."""
    items: list[str] = []
    for code in codes:
        items += [say("surat ini")] if code == "letter" else bring_items([code], say)
    return tuple(items)


def bring_title(letter: Letter, say: Say) -> str:
    """What to do with these things."""
    return say("Siapkan") if letter.at_home else say("Bawa")


def proxy(letter: Letter, say: Say) -> str:
    """Who may come instead, in as few words as can be; empty for who need not come."""
    return "" if letter.at_home else say(PROXIES.get(letter.proxy, PROXIES["same_kk"]))


def way(found: Way, near: Landmark, say: Say) -> str:
    """`Kira-kira 450 m dari Kantor Kelurahan Tegal Gundil, ke arah timur laut.`"""
    return say(
        "Kira-kira {jarak} dari {tempat}, ke arah {arah}.",
        jarak=distance(found, say),
        tempat=near.name,
        arah=say(OCTANTS[found.octant]),
    )


def distance(found: Way, say: Say) -> str:
    """`450 m`, `1,2 km`."""
    if found.metres < 1_000:
        return f"{found.metres} m"
    told = f"{found.metres / 1000:.1f} km"
    return told if say.code == "en" else told.replace(".", ",")


def marked_way(found: Way, near: Landmark, say: Say) -> str:
    """The same with the signs of the little map beside it."""
    return "● " + way(found, near._replace(name=f"□ {near.name}"), say)


def drawn(found: Way, near: Landmark, place: str, say: Say) -> str:
    """What the little map shows, for who cannot see it."""
    return say("Peta kecil, utara di atas: {tempat}.", tempat=place) + " " + way(found, near, say)


def no_cuts(say: Say) -> str:
    """The words that stand large."""
    return say("Tidak ada potongan")


def whole(say: Say) -> str:
    """What they mean, and what to do when it is not so."""
    return say("Bantuan diterima utuh. Ada yang minta bagian? *Laporkan.* Nama Anda boleh dirahasiakan.")


def report_to(office: Office, say: Say) -> tuple[tuple[str, str], ...]:
    """Where, in as few words as can be: name and how to reach it."""
    return (
        (office.name, how_to_reach(office, say)),
        (say("LAPOR!"), say("lapor.go.id")),
        (say("PT Pos"), say("kepala kantor pos")),
    )


def check(say: Say) -> str:
    """The heading of how to see the same without RT and RW."""
    return say("Cek sendiri di Salur")


def how_to_check(letter: Letter, say: Say) -> str:
    """By the address or by the bot; the QR code stands beside it."""
    told = say("Buka *{alamat}*, lalu ketik kode surat dan nama Anda.", alamat=letter.site)
    return told + (" " + say("Di Telegram: *@{bot}*.", bot=letter.bot) if letter.bot else "")


def never_asked(say: Say) -> str:
    """What nobody may ask for who knows of this letter."""
    return say("Salur tidak pernah meminta PIN, kode OTP, atau uang.")

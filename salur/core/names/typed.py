"""Whether what stands where a name should is one. Whose it is, `matching.py` tells.

Nobody's name holds a digit, so what does and says that it is a date, an RT or an address is surely none, whatever else
stands beside it. Of words alone nobody can be sure: there are people called Bulan, Januari and Senin. So what only
looks like a word of a chat is asked about once, and taken when it comes again, as a NIK with a date that cannot be is.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

LONGEST: Final = 100  # characters that are taken from a form or a message
LONG_NUMBER: Final = 10  # digits that are a number of something

MONTHS = (
    r"(?:JAN(?:UARI)?|[FP]EB(?:RUARI)?|MAR(?:ET)?|APR(?:IL)?|MEI|JUNI?|JULI?|A(?:GU|GT|GS|GUST|GUSTUS)|SEPT?(?:EMBER)?"
    r"|OKT(?:OBER)?|NO[PV](?:EMBER)?|DES(?:EMBER)?)"
)
DATE = re.compile(rf"(?<!\d)\d{{1,2}}([-/. ])\d{{1,2}}\1(?:\d{{4}}|\d\d)(?!\d)|(?<!\d)\d{{1,2}}[\s.-]*{MONTHS}\b", re.I)
RT_OR_RW = re.compile(r"(?<![^\W\d_])(?:R\.?[TW]|ERTE|ERWE)\W{0,3}\d", re.I)
BARE_RT_AND_RW = re.compile(r"\W*\d{1,3}\s*[/-]\s*\d{1,3}\W*")
IN_AN_ADDRESS = re.compile(
    r"\b(?:JL|JLN|JALAN|GG|GANG|KP|KAMPUNG|DUSUN|DUKUH|BLOK|PERUM|PERUMAHAN|KOMPLEKS?|LORONG|LINGKUNGAN|NO|NOMOR|DESA|KEL"
    r"|KELURAHAN|KEC|KECAMATAN|KAB|KABUPATEN|KOTA)\b",
    re.I,
)
BEGINS_AN_ADDRESS = re.compile(r"\W*(?:JL|JLN|JALAN|GG|GANG|KELURAHAN|KECAMATAN|KABUPATEN|PERUMAHAN)\b[\s.]+\w", re.I)
A_NUMBER = re.compile(r"(?:\W|\d|\b(?:NO|NOMOR|HP|WA|WHATSAPP|TELP|TLP|TELEPON|PONSEL|NIK|KK|KTP|KODE)\b)+", re.I)
CALLED = re.compile(
    r"\s*(?:nama\s+(?:lengkap\s+)?saya(?:\s+adalah)?|a\.\s?n\.|a/n|(?:nama|nama\s+lengkap|an|atas\s+nama)\s*[:=])[\s:=]*",
    re.I,
)
WORD = re.compile(r"[^\W\d_]+")
# Words that are said in a chat. Those that people bear as names are left out, such as Sudah, Baik, Aman and Tanggal.
SAID = frozenset(
    "rt rw ya iya ok oke okey tidak gak ga nggak enggak ngga bukan halo hallo hai hi hello assalamualaikum"
    " waalaikumsalam selamat pagi siang sore malam punten permisi makasih terima kasih nuhun hatur terimakasih tolong"
    " cek tes test nama saya lupa tahu tau lanjut kirim batal admin apa siapa dong nih muhun henteu teu".split()
)
# Of these, what may be a name where nothing else stands: Selamat bin Kasih.
BORNE = frozenset({"selamat", "kasih"})
ASKING = frozenset(
    "kapan kpn berapa brp bagaimana bgmn gimana gmn apakah mengapa kenapa knp dimana dmn iraha sabaraha kumaha"
    " naha".split()
)

NO_LETTERS, DOUBLED = re.compile("[^A-Z]+"), re.compile(r"(.)\1+")


def has_letters(text: str) -> bool:
    """Whether there is a letter in it, of any script: the least that a name has."""
    return text[:1].isalpha() or any(map(str.isalpha, text))


def name_meant(typed: str) -> str:
    """A name without what leads to it: `Nama saya …`, `Nama: …`, `a.n. …`."""
    rest = CALLED.sub("", typed, count=1) if CALLED.match(typed) else typed
    return rest if has_letters(rest) else typed


def part_of_name(typed: str) -> str | None:
    """What of it can be part of a name: all but its digits, for they may be a NIK. None where there is no letter in it:
    nobody has such a name."""
    return "".join(char for char in typed if not char.isdigit()).strip() if has_letters(typed) else None


def slip_of(typed: str, *, needed: bool = True, warned: str = "") -> str | None:
    """What is wrong with a name as typed; None: nothing.

    `name_too_long`; `place_for_name`, `date_for_name` or `number_for_name` for what is something else; `name_missing`
    where a name is needed and there is not a letter; `perhaps_no_name` for what is hardly ever a name, unless it is
    `warned`: what was typed and asked about before.
    """
    if len(typed) > LONGEST:
        return "name_too_long"
    if not has_letters(typed):
        return _without_letters(typed) if needed else None
    if any(char.isdecimal() for char in typed) and (slip := _with_digits(typed)):
        return slip
    return "perhaps_no_name" if _is_said(typed) and typed.strip() != warned.strip() else None


def _without_letters(typed: str) -> str:
    if BARE_RT_AND_RW.fullmatch(typed):
        return "place_for_name"
    if DATE.search(typed):
        return "date_for_name"
    return "number_for_name" if any(char.isdecimal() for char in typed) else "name_missing"


def _with_digits(typed: str) -> str | None:
    if RT_OR_RW.search(typed) or IN_AN_ADDRESS.search(typed):
        is_long = sum(char.isdecimal() for char in typed) >= LONG_NUMBER
        return "number_for_name" if is_long and A_NUMBER.fullmatch(typed) else "place_for_name"
    if A_NUMBER.fullmatch(typed):
        return "number_for_name"
    return "date_for_name" if DATE.search(typed) else None


def _is_said(typed: str) -> bool:
    """Whether it is a word of a chat, a question, a command or the beginning of an address."""
    words = [word.lower() for word in WORD.findall(typed)]
    if (
        (SAID.issuperset(words) and not BORNE.issuperset(words))
        or typed.lstrip().startswith("/")
        or BEGINS_AN_ADDRESS.match(typed)
    ):
        return True
    return len(words) > 1 and not ASKING.isdisjoint(words)


def letters(name: str) -> str:
    """A name as it is searched by: capital letters alone, doubled ones once, so that `nurhayati` finds NUR HAYATTI."""
    plain = name if name.isascii() else unicodedata.normalize("NFKD", name)
    return DOUBLED.sub(r"\1", NO_LETTERS.sub("", plain.upper()))

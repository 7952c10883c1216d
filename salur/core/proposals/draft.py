"""What a sender hands in, and what it must hold. Doors read and show; what may be sent is decided here, for all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from salur.core.names.typed import slip_of
from salur.core.people.nik import Kk, Nik
from salur.core.people.written import plain_digits
from salur.core.privacy.answers import Told
from salur.core.proposals.kinds import NEEDS_WORDS, Kind
from salur.core.proposals.photos.photo import glance
from salur.core.regions.region import REGENCY, VILLAGE
from salur.core.regions.territory import Territory

LONGEST_WORDS = 1000
PHONE_DIGITS = range(8, 17)
RT_AND_RW = range(1, 1000)
MOST_PHOTOS = 3
NO_NIK_REASONS = ("newborn", "never_recorded", "lost_papers", "other")
WHOM = ("self", "neighbour")
# Whom a report is about: a role, so that nobody has to write a name.
REPORTED = ("rt", "rw", "kelurahan", "kecamatan", "payout", "companion", "other", "unknown")
# Why it is sent: the codes to choose from, in the order they are shown in.
REASONS: Mapping[Kind, tuple[str, ...]] = {
    Kind.USULAN: ("income_lost", "elderly", "ill_or_disabled", "single_parent", "orphan", "house_unfit", "other"),
    Kind.SANGGAH: ("well_off", "died", "moved", "unknown", "twice", "other"),
    Kind.KOREKSI: ("name", "number", "address", "family", "amount", "account", "other"),
    Kind.LAPORAN: ("levy", "letter_withheld", "paid_not_received", "card_withheld", "asked_for_data", "other"),
}


@dataclass(frozen=True, slots=True, repr=False)
class Draft:
    """What someone sends. `number` is a NIK or, for a correction, a KK number.

    `own_name` is the objector's own: it opens their ticket, and goes nowhere else. None where a door does not ask for
    it: the code is enough then. No `repr`: it is about people.
    """

    kind: Kind
    territory: Territory
    reason: str
    words: str = ""
    number: Nik | Kk | None = None
    no_nik: str | None = None  # one of NO_NIK_REASONS
    kk: Kk | None = None
    name: str = ""
    whom: str | None = None  # one of WHOM
    phone: str = ""
    who: str = ""  # whom a report is about: one of REPORTED
    when: str = ""  # when it happened, in the sender's words
    own_name: str | None = None
    photos: tuple[bytes, ...] = ()  # files as they came; decoded once they are counted
    told: Told | None = None  # of the payee's own report or objection: what an answer told of the entitlement

    @property
    def ticket_name(self) -> str | None:
        """The name that opens the ticket besides its code; None when the code is enough."""
        objector = self.kind is Kind.SANGGAH and self.told is None
        return (self.own_name if objector else self.name) or None

    def slips(self) -> dict[str, str]:
        """What keeps it from being sent, as far as it shows by itself: name of the field -> code. Empty: nothing.

        Whether the kelurahan is one of this city is for `Proposals` to say, which sends nothing that has a slip.
        """
        return {name: code for name, check in CHECKS.items() if (code := check(self)) is not None}

    def body(self) -> dict[str, object]:
        """What is sealed for those who decide: everything that was said, but the sender's own name."""
        return {
            "region_code": self.territory.region_code,
            "rw": self.territory.rw,
            "rt": self.territory.rt,
            "reason": self.reason,
            "words": self.words,
            "nik": self.number.reveal() if isinstance(self.number, Nik) else None,
            "no_nik": self.no_nik,
            "kk": kk.reveal() if (kk := self.own_kk) is not None else None,
            "name": self.name,
            "whom": self.whom,
            "phone": self.phone,
            "who": self.who,
            "when": self.when,
            **({"told": self.told.as_json()} if self.told is not None else {}),
        }

    @property
    def own_kk(self) -> Kk | None:
        """The KK number, wherever it was given."""
        return self.number if isinstance(self.number, Kk) else self.kk


def check_words(words: str, *, needed: bool = True) -> str | None:
    """The code of what is wrong with a sender's own words, whatever they are for; None when nothing is."""
    if len(words) > LONGEST_WORDS:
        return "words_too_long"
    return "words_missing" if needed and not words.strip() else None


def _check_whom(draft: Draft) -> str | None:
    return "whom_missing" if draft.kind is Kind.USULAN and draft.whom not in WHOM else None


def _check_name(draft: Draft) -> str | None:
    """A report asks for no name. What only looks like a word of a chat is for doors to ask about."""
    wrong = slip_of(draft.name, warned=draft.name)
    return None if wrong == "name_missing" and draft.kind is Kind.LAPORAN else wrong


def _check_number(draft: Draft) -> str | None:
    """Whom someone proposes has a NIK, or a reason why there is none; whoever corrects has a NIK or a KK number."""
    if draft.kind is Kind.USULAN and not isinstance(draft.number, Nik) and draft.no_nik not in NO_NIK_REASONS:
        return "nik_or_reason"
    return "number_missing" if draft.kind is Kind.KOREKSI and draft.number is None else None


def _check_kelurahan(draft: Draft) -> str | None:
    """A report may leave it at the city: a territory can tell who reports."""
    least = REGENCY if draft.kind is Kind.LAPORAN else VILLAGE
    return None if len(draft.territory.region_code) in (least, VILLAGE) else "village_missing"


def _check_rt(draft: Draft) -> str | None:
    """Whoever verifies a proposal has to find the house."""
    rt = draft.territory.rt
    missing = rt is None and draft.kind is Kind.USULAN
    return "rt_number" if missing or (rt is not None and rt not in RT_AND_RW) else None


def _check_rw(draft: Draft) -> str | None:
    """An RT is counted within its RW; alone it says nothing."""
    rt, rw = draft.territory.rt, draft.territory.rw
    if rw is not None:
        return None if rw in RT_AND_RW else "rw_number"
    if draft.kind is Kind.USULAN:
        return "rw_number"
    return None if rt is None else "rw_missing"


def _check_reason(draft: Draft) -> str | None:
    missing = {Kind.KOREKSI: "mistake_missing", Kind.LAPORAN: "event_missing"}
    return None if draft.reason in REASONS[draft.kind] else missing.get(draft.kind, "reason_missing")


def _check_who(draft: Draft) -> str | None:
    return "who_missing" if draft.kind is Kind.LAPORAN and draft.who not in REPORTED else None


def _check_when(draft: Draft) -> str | None:
    return check_words(draft.when, needed=False)


def _check_words(draft: Draft) -> str | None:
    return check_words(draft.words, needed=needs_words(draft.kind, draft.reason))


def _check_phone(draft: Draft) -> str | None:
    """Digits, with a plus before them perhaps; nobody has to leave one."""
    digits = plain_digits(draft.phone.removeprefix("+")) or ""
    return "phone_wrong" if draft.phone and len(digits) not in PHONE_DIGITS else None


def _check_own_name(draft: Draft) -> str | None:
    return None if draft.own_name is None else slip_of(draft.own_name, warned=draft.own_name)


def _check_photos(draft: Draft) -> str | None:
    """As far as it shows without decoding."""
    if len(draft.photos) > MOST_PHOTOS:
        return "too_many_photos"
    return next(filter(None, map(glance, draft.photos)), None)


def needs_words(kind: Kind, reason: str) -> bool:
    """Whether the sender has to say something in their own words: the reason of a proposal says enough, but for
    another one, which says nothing by itself."""
    return kind is not Kind.USULAN or reason in NEEDS_WORDS


# Each field that can be wrong, in the order in which people are asked.
CHECKS: Mapping[str, Callable[[Draft], str | None]] = {
    "whom": _check_whom,
    "number": _check_number,
    "name": _check_name,
    "kelurahan": _check_kelurahan,
    "rt": _check_rt,
    "rw": _check_rw,
    "reason": _check_reason,
    "who": _check_who,
    "when": _check_when,
    "words": _check_words,
    "phone": _check_phone,
    "own_name": _check_own_name,
    "photos": _check_photos,
}

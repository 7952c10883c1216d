"""Which kelurahan a typed name means: one way for every door, on the site and in the chat.

Only a name that is written as the kelurahan's own, and is borne by one, answers by itself. What is only alike is a
question to whoever typed it: a proposal in the wrong kelurahan is lost for weeks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, Protocol, TypeVar

from rapidfuzz import fuzz

from salur.core.regions.spelling import fold, loose

CHOICES = 6
ALIKE = 80  # rapidfuzz's ratio, 0-100, from which a misspelt name is offered
SHORTEST_PART = 3  # letters; with fewer, too many names begin so to ask which
LONGEST = 120  # letters of a name and its kecamatan, as far as anyone types them
REMEMBERED = 20_000  # official names, made comparable once: a province has a third of that
KIND = re.compile(r"^(?:kelurahan|kel|desa|ds)\b\.?\s*|\b(?:kecamatan|kec)\b\.?\s*", re.IGNORECASE)
# A kampung is a part of a kelurahan, and may lie in another than the one that is called so.
HAMLET = re.compile(r"^(?:kampung|kp)\b\.?\s*", re.IGNORECASE)


class Named(Protocol):
    """What is found: a kelurahan or desa, with its kecamatan."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def district(self) -> str: ...


Found = TypeVar("Found", bound=Named)


@dataclass(frozen=True, slots=True)
class Kelurahan:
    """A kelurahan or desa, with its kecamatan."""

    code: str
    name: str
    district: str


@dataclass(frozen=True, slots=True)
class Matches(Generic[Found]):
    """What a typed name may mean, from the surest to the least sure."""

    same: tuple[Found, ...] = ()  # the same but for spaces, signs and capitals, with the kecamatan or not; or the code
    beginning: tuple[Found, ...] = ()  # begin so
    alike: tuple[Found, ...] = ()  # hold it somewhere, or are misspelt so; those most like it first
    listed: tuple[Found, ...] = ()  # all that hold it in their own name or their kecamatan's, in the order they came in

    @property
    def sure(self) -> Found | None:
        """The one that is meant; None when that has to be asked."""
        return self.same[0] if len(self.same) == 1 else None

    @property
    def likely(self) -> Found | None:
        """The same, or the only one that begins so: enough to show something, not to send something there."""
        return self.sure or (self.beginning[0] if not self.same and len(self.beginning) == 1 else None)

    @property
    def choices(self) -> tuple[Found, ...]:
        """Among which to ask, a handful."""
        return self.same or (self.beginning or self.alike)[:CHOICES]


def find(typed: str, known: Sequence[Found]) -> Matches[Found]:
    """Look for a name, as people write it, among some kelurahan."""
    whole, wanted = squeeze(typed), squeeze(HAMLET.sub("", typed.strip()))
    if not wanted or len(typed) > LONGEST:
        return Matches()
    names = [(_known(one.name), _known(one.district), one) for one in known]
    same = tuple(one for name, district, one in names if whole in (name, name + district, squeeze(one.code)))
    listed = tuple(one for name, district, one in names if one in same or wanted in name or wanted in district)
    if len(wanted) < SHORTEST_PART:
        return Matches(same, listed=listed)
    beginning = tuple(one for name, _, one in names if name.startswith(wanted))
    blurred = loose(fold(wanted))
    likeness = sorted(((_weigh(wanted, blurred, name), one) for name, _, one in names), key=lambda pair: -pair[0])
    alike = tuple(one for weight, one in likeness if weight >= ALIKE)
    return Matches(same, beginning if whole == wanted else (), alike, listed)


def squeeze(name: str) -> str:
    """`Kel. Kebon Pedes` and `KEBONPEDES` are one."""
    return re.sub(r"[\W_]+", "", KIND.sub("", name.strip())).casefold()


@lru_cache(REMEMBERED)
def _known(name: str) -> str:
    """An official name, squeezed. What people type is not remembered."""
    return squeeze(name)


@lru_cache(REMEMBERED)
def _known_blurred(name: str) -> str:
    return loose(fold(name))


def _weigh(typed: str, blurred: str, name: str) -> float:
    """How alike two squeezed names are, 0-100; old spellings (`Tjipaku`) and letters that sound alike count as one."""
    if typed in name:
        return 100
    return max(fuzz.ratio(typed, name), fuzz.ratio(blurred, _known_blurred(name)))

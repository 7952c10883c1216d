"""Names that sound right for their place: Sundanese, Betawi, Javanese, Mandar and Bugis.

The names are data (names.tsv), in order of commonness. A name's share falls off with its rank, as it does in real
registers: that makes the commonest names common enough to be worth an attacker's guess.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

FLATTENS = 8  # the r-th name weighs 1/(r + FLATTENS)
T = TypeVar("T")


class Weighted(Generic[T]):
    """Pick one of several with given weights; quick, and with one random number only."""

    __slots__ = ("_items", "_sums", "_total")

    def __init__(self, weights: Mapping[T, float]) -> None:
        self._items = tuple(weights)
        self._sums = tuple(accumulate(weights.values()))
        self._total = self._sums[-1]

    def pick(self, rng: Random) -> T:
        """Pick one."""
        return self._items[bisect(self._sums, rng.random() * self._total)]


Form = tuple[str | Weighted[str], ...]


def a_name(culture: str, *, woman: bool, rng: Random) -> str:
    """Make up a full name in capitals, as lists write it. Raises: KeyError for an unknown culture."""
    form = _forms()[culture, "f" if woman else "m"].pick(rng)
    words: list[str] = []
    for part in form:
        word = part if isinstance(part, str) else part.pick(rng)
        if word not in words:
            words.append(word)
    return " ".join(words)


@cache
def _forms() -> dict[tuple[str, str], Weighted[Form]]:
    """The templates of each culture and sex, with their parts put in."""
    parts: dict[tuple[str, str, str], Weighted[str]] = {}
    forms: dict[tuple[str, str], str] = {}
    for culture, sex, part, text in _lines():
        if part == "forms":
            forms[culture, sex] = text
        else:
            parts[culture, sex, part] = _by_rank(text.split(", "))
    return {key: Weighted(dict(_form(text, *key, parts) for text in line.split(", "))) for key, line in forms.items()}


def _form(text: str, culture: str, sex: str, parts: Mapping[tuple[str, str, str], Weighted[str]]) -> tuple[Form, float]:
    """Read one template such as `SITI holy*13`."""
    words, _, weight = text.partition("*")
    form = tuple(parts[culture, sex, word] if word.islower() else word for word in words.split())
    return form, float(weight)


def _by_rank(names: Sequence[str]) -> Weighted[str]:
    weights: dict[str, float] = {}
    for rank, name in enumerate(names, start=1):
        weights[name] = weights.get(name, 0) + 1 / (rank + FLATTENS)
    return Weighted(weights)


def _lines() -> Iterator[tuple[str, str, str, str]]:
    for line in files("salur.sample").joinpath("names.tsv").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            culture, sex, part, text = line.split("\t")
            yield culture, sex, part, text

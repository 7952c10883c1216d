"""Which parts of a published sum are kept back, so that a small one follows from nothing that is told.

A part of fewer than five is hidden. Alone it would follow from the sum, so others are hidden with it: never chosen by
their size, which would tell it, but in an order that nobody knows, until the hidden ones together leave a small one
free to be anything from one to four. Where they cannot, the sum is hidden as well, and the sum above it is looked at
the same way. This is what statistics offices call complementary cell suppression.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

LEAST = 5  # fewer are a number about single families
Order = Callable[[str], bytes]


def hidden_parts(counts: Mapping[str, int], order: Order, besides: Collection[str] = ()) -> tuple[frozenset[str], bool]:
    """Which of these parts (by code) to hide, and whether their sum may be told then.

    `besides` are parts that have to be hidden for another reason.
    """
    small = {code for code, count in counts.items() if 0 < count < LEAST or code in besides}
    if not small:
        return frozenset(), True
    hidden, others = set(small), 0
    for code in sorted(counts.keys() - small, key=order):
        if is_safe(sum(counts[code] for code in hidden), len(small), others):
            break
        hidden.add(code)
        others += 1
    return frozenset(hidden), is_safe(sum(counts[code] for code in hidden), len(small), others)


def is_safe(together: int, small: int, others: int) -> bool:
    """Whether hidden parts that are so many together, so many of them small, could each be of any small size.

    Each small one has one at least, each other five at least, and one of the small ones can then still be four.
    """
    return others > 0 and together >= small + LEAST * others + LEAST - 2

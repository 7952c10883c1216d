"""Names of nobody, to compare with: whoever is not there costs as much work as a wrong name for one who is."""

from __future__ import annotations

import random
from typing import Final

from salur.core.names.matching import same_name
from salur.core.names.parts import WrittenName, read_name

# A miss opens and compares this many names, or more when more stand under the number.
LEAST_WORK: Final = 6  # as many as there are decoys
# As unlike each other as people's names are: with one alone, a name typed to fit it would take longer against nobody.
DECOYS: Final = (
    "SITI ROHMAH NURAENI",
    "ASEP",
    "MUHAMMAD FAUZI",
    "I WAYAN SUDARMA",
    "MARIA YOSEFINA KOLO",
    "BASO DAENG TOLA",
)


def compare_with_nobody(typed: WrittenName | None, compared: int) -> None:
    """Make up the work of a miss, of which so many names were compared already."""
    for decoy in random.sample(DECOYS, max(0, LEAST_WORK - compared)):
        same_name(read_name(decoy), typed)

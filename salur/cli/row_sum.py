"""What became of the rows of a file, for programs: the sum that every reading command prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from salur.core.lists.kinds import RowSum


def sum_value(rows: RowSum) -> Mapping[str, object]:
    """Rows in the file, entries, rows refused and left out, with the reasons."""
    return {
        "filled": rows.filled,
        "taken": rows.taken,
        "refused": rows.refused,
        "left_out": [list(left) for left in rows.left_out],
        "reasons": dict(Counter(why for _, why in rows.left_out)),
        "hidden": list(rows.hidden),
    }

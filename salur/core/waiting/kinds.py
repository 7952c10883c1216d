"""What can be decided about who waits for a place: the words of the fields."""

from __future__ import annotations

from enum import StrEnum

from salur.core.lists.kinds import State
from salur.core.proposals.kinds import Standing


class LineStep(StrEnum):
    """What can happen to a proposal in the line of a programme. The newest step holds."""

    CHOSEN = "chosen"  # for a free place; a draft is to hold it
    SKIPPED = "skipped"
    BACK = "back"  # in the line again, where it stood before
    FIRST = "first"  # whoever follows it was told that it is first now


# Why a proposal is passed over for a while. None needs words: what a note could add would be about a person.
SKIP_REASONS = ("not_reached", "declined", "data_differ", "receives_other_aid", "moved", "died")
# Who is suspended may get the money again: that place is not free.
HOLDS_A_PLACE = (State.ENTITLED, State.GROUP, State.SUSPENDED)
SET_ASIDE = (Standing.DROPPED, Standing.SKIPPED, Standing.LISTED, Standing.EXCLUDED, Standing.NO_NUMBER)
LONGEST_SOURCE = 300
MOST_PLACES = 10_000_000

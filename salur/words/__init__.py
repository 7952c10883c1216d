"""Which sentence goes with which answer and refusal: the one table of words for the site and the bot.

The source language is Indonesian; `translations/<code>/LC_MESSAGES/messages.po` holds the others. Start here:

    say = words.language("id")                       # cached, immutable; an unknown code gives Indonesian
    say("Bawa {benda}.", benda="KTP")                # looked up, then filled in
    words.verdict(answer, say)                       # "Nama ini *terdaftar* sebagai penerima bantuan."

Emphasis is written `*so*`, in Markdown's way but never nested; `words.parts` takes it apart and each door shows it
in its own way. A value that is filled in cannot bring emphasis with it: its asterisks are dropped.
"""

from salur.words import circulars, decisions, doubles, inbox, marks, neighbourhood, proposals
from salur.words.accounts import ended
from salur.words.answer import (
    against_levies,
    amount,
    bring,
    bring_items,
    channel,
    fine_print,
    home_visit,
    no_cuts,
    place_kind,
    proxy,
    reason,
    still_to_collect,
    verdict,
    ways_on,
)
from salur.words.disclosures import (
    by_door,
    care,
    how_often,
    kept_fields,
    listing,
    recorded_area,
    what_was_done,
    who_looked,
)
from salur.words.language import LANGUAGES, Say, known_language, language, mark, parts
from salur.words.offices import area, office, office_nav, role
from salur.words.payouts import group, moved, next_payout, past_status, status
from salur.words.programmes import PROGRAMMES, ProgrammeWords, programme_about, programme_name
from salur.words.reasons import REASONS
from salur.words.refusals import SLIPS, recognised, refusal
from salur.words.trust import opening, trust, where_to_report

__all__ = [
    "LANGUAGES",
    "PROGRAMMES",
    "REASONS",
    "SLIPS",
    "ProgrammeWords",
    "Say",
    "against_levies",
    "amount",
    "area",
    "bring",
    "bring_items",
    "by_door",
    "care",
    "channel",
    "circulars",
    "decisions",
    "doubles",
    "ended",
    "fine_print",
    "group",
    "home_visit",
    "inbox",
    "how_often",
    "kept_fields",
    "known_language",
    "language",
    "listing",
    "mark",
    "marks",
    "moved",
    "neighbourhood",
    "next_payout",
    "no_cuts",
    "office",
    "office_nav",
    "opening",
    "parts",
    "past_status",
    "place_kind",
    "programme_about",
    "programme_name",
    "proposals",
    "proxy",
    "reason",
    "recognised",
    "recorded_area",
    "refusal",
    "role",
    "status",
    "still_to_collect",
    "trust",
    "verdict",
    "ways_on",
    "what_was_done",
    "where_to_report",
    "who_looked",
]

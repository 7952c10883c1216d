"""The words of templates: `words.lookup.answer.verdict` is what it is in `salur/words/lookup/answer.py`."""

from __future__ import annotations

from types import SimpleNamespace

from salur.words import circulars, doubles, marks, neighbourhood, privacy, proposals, refusals, trust
from salur.words.casework import cases, decisions, lines
from salur.words.lists import changes, comparing, counts, drafts, fields, people, programmes, uploads
from salur.words.lists import faults as list_faults
from salur.words.lists import refusals as list_refusals
from salur.words.lookup import aloud, answer, calendars, contests, entitlement, following, launches, phones, way
from salur.words.officers import accounts, agenda, counter, figures, offices, record, register, rollout, settings
from salur.words.payouts import areas, places, planning, reasons, reports, spreading
from salur.words.printing import desk, handing, verdicts

WORDS = SimpleNamespace(
    casework=SimpleNamespace(cases=cases, decisions=decisions, lines=lines),
    circulars=circulars,
    calendars=calendars,
    contests=contests,
    counter=counter,
    doubles=doubles,
    lookup=SimpleNamespace(
        aloud=aloud,
        answer=answer,
        entitlement=entitlement,
        following=following,
        launches=launches,
        phones=phones,
        way=way,
    ),
    lists=SimpleNamespace(
        changes=changes,
        comparing=comparing,
        counts=counts,
        drafts=drafts,
        faults=list_faults,
        fields=fields,
        people=people,
        programmes=programmes,
        refusals=list_refusals,
        uploads=uploads,
    ),
    marks=marks,
    neighbourhood=neighbourhood,
    payouts=SimpleNamespace(
        areas=areas, places=places, planning=planning, reasons=reasons, reports=reports, spreading=spreading
    ),
    officers=SimpleNamespace(
        accounts=accounts,
        agenda=agenda,
        figures=figures,
        offices=offices,
        record=record,
        register=register,
        rollout=rollout,
        settings=settings,
    ),
    printing=SimpleNamespace(desk=desk, handing=handing, verdicts=verdicts),
    privacy=privacy,
    proposals=proposals,
    refusals=refusals,
    trust=trust,
)

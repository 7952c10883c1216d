"""The traces of each subject as rows of one shape. The area is added around them all, in `chronicle.py`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from sqlalchemy import BigInteger, Integer, LargeBinary, String, Text, case, cast, func, literal, null, select

from salur.core.officers.scope import Scope
from salur.core.proposals.visible import select_proposals
from salur.core.record.kinds import RecordKind
from salur.core.storage.statements import AnyColumn, AnyField, AnySelect
from salur.core.tables.circulars import CircularRow
from salur.core.tables.lists import ExclusionRow, ListEventRow, ListRow, ProgrammeWordsRow
from salur.core.tables.marks import DoubleCheckRow, MarkEventRow
from salur.core.tables.payouts import PayoutFileRow, PlaceEventRow, PlaceRow
from salur.core.tables.privacy import AccessRow
from salur.core.tables.proposals import ProposalEventRow
from salur.core.tables.record import OfficeNoteRow
from salur.core.tables.settings import SettingChangeRow
from salur.core.tables.waiting import LineStepRow, QuotaRow


class Asked(NamedTuple):
    """Within which scope and moments; `city` is where stands what is of the whole city."""

    scope: Scope
    since: datetime
    before: datetime
    city: str


Traces = tuple[AnySelect, ...]


def _trace(
    kind: RecordKind | AnyColumn,
    what: AnyField,
    at: AnyField,
    account: AnyField | None,
    place: tuple[AnyField | str, AnyField | None, AnyField | None],
    asked: Asked,
    *,
    role: AnyField | None = None,
    asker: AnyField | None = None,
    subject: AnyField | None = None,
    count: AnyColumn | None = None,
    told: AnyField | None = None,
    facts: AnyField | None = None,
) -> AnySelect:
    region, rw, rt = place
    columns = (
        (literal(str(kind)) if isinstance(kind, RecordKind) else kind).label("kind"),
        what.label("what"),
        at.label("at"),
        cast(null() if account is None else account, BigInteger).label("account_id"),
        (literal(region) if isinstance(region, str) else region).label("region_code"),
        cast(null() if rw is None else rw, Integer).label("rw"),
        cast(null() if rt is None else rt, Integer).label("rt"),
        cast(null() if role is None else role, String).label("role"),
        cast(null() if asker is None else asker, LargeBinary).label("asker"),
        cast(null() if subject is None else subject, BigInteger).label("subject"),
        (literal(1) if count is None else count).label("count"),
        cast(null() if told is None else told, Text).label("told"),
        cast(null() if facts is None else facts, Text).label("facts"),
    )
    return select(*columns).where(at >= asked.since, at < asked.before)


def _notes(asked: Asked) -> Traces:
    row = OfficeNoteRow.__table__.c
    place = (row.region_code, row.rw, row.rt)
    return (_trace(row.kind, row.what, row.at, row.account_id, place, asked, facts=row.facts),)


def _settings(asked: Asked) -> Traces:
    row = SettingChangeRow.__table__.c
    place = (asked.city, None, None)
    return (_trace(RecordKind.SETTINGS, row.name, row.at, row.made_by, place, asked, told=row.after),)


def _lists(asked: Asked) -> Traces:
    row, one = ListEventRow.__table__.c, ListRow.__table__
    found = _trace(
        RecordKind.LISTS, row.what, row.at, row.made_by, (one.c.area, None, None), asked, subject=row.list_id,
        told=row.why, facts=literal('{"other": ') + cast(row.other, Text) + literal("}"),
    )  # fmt: skip
    return (found.join(one, one.c.id == row.list_id),)


def _files(asked: Asked, kind: RecordKind, file: str) -> Traces:
    row = PayoutFileRow.__table__.c
    place = (func.coalesce(row.region_code, literal(asked.city)), None, None)
    steps = {
        "imported": (row.imported_at, row.made_by),
        "published": (row.published_at, row.published_by),
        "undone": (row.undone_at, row.undone_by),
    }
    round = row.programme_code + literal(" ") + row.period
    return tuple(
        _trace(kind, literal(what), at, by, place, asked, subject=row.id, told=round).where(row.kind == file)
        for what, (at, by) in steps.items()
    )


def _places(asked: Asked) -> Traces:
    row, one = PlaceEventRow.__table__.c, PlaceRow.__table__
    place = (func.coalesce(one.c.region_code, literal(asked.city)), None, None)
    done = _trace(RecordKind.PLACES, row.what, row.at, row.account_id, place, asked, told=one.c.name)
    undone = _trace(RecordKind.PLACES, literal("undone"), row.undone_at, None, place, asked, told=one.c.name)
    return tuple(found.join(one, one.c.id == row.place_id) for found in (done, undone))


def _programmes(asked: Asked) -> Traces:
    words, rule, place = ProgrammeWordsRow.__table__.c, ExclusionRow.__table__.c, (asked.city, None, None)
    pair = rule.one + literal(", ") + rule.other + literal(": ") + rule.source
    confirmed = case((rule.excludes, literal("excludes")), else_=literal("both_allowed"))
    return (
        _trace(
            RecordKind.PROGRAMMES, literal("words"), words.made_at, words.made_by, place, asked,
            told=words.programme_code,
        ),
        _trace(RecordKind.PROGRAMMES, confirmed, rule.made_at, rule.made_by, place, asked, told=pair),
        _trace(
            RecordKind.PROGRAMMES, literal("taken_back"), rule.taken_back_at, rule.taken_back_by, place, asked,
            told=pair,
        ),
    )  # fmt: skip


def _circulars(asked: Asked) -> Traces:
    row = CircularRow.__table__.c
    place = (row.region_code, None, None)
    steps = {"sent": row.sent_at, "withdrawn": row.withdrawn_at}
    return tuple(
        _trace(RecordKind.CIRCULARS, literal(what), at, row.written_by, place, asked, subject=row.id, told=row.number)
        for what, at in steps.items()
    )


def _proposals(asked: Asked) -> Traces:
    row, own = ProposalEventRow.__table__.c, select_proposals(asked.scope)
    place = (own.c.region_code, own.c.rw, own.c.rt)
    found = _trace(RecordKind.PROPOSALS, row.what, row.at, row.account_id, place, asked, subject=row.proposal_id)
    return (found.join(own, own.c.id == row.proposal_id),)


def _lines(asked: Asked) -> Traces:
    """Quotas, and what persons decided about who waits; that somebody was told is no decision."""
    step, own, quota = LineStepRow.__table__.c, select_proposals(asked.scope), QuotaRow.__table__.c
    place = (own.c.region_code, own.c.rw, own.c.rt)
    found = _trace(
        RecordKind.LINES, step.what, step.at, step.account_id, place, asked, subject=step.proposal_id,
        told=step.programme_code,
    )  # fmt: skip
    city, named = (quota.region_code, None, None), quota.programme_code + ": " + quota.source
    set_ = _trace(RecordKind.LINES, literal("quota"), quota.made_at, quota.made_by, city, asked, told=named)
    return (found.join(own, own.c.id == step.proposal_id).where(step.account_id.is_not(None)), set_)


def _marks(asked: Asked) -> Traces:
    row, own = MarkEventRow.__table__.c, asked.scope.marks
    place = (own.c.region_code, own.c.rw, own.c.rt)
    found = _trace(RecordKind.MARKS, row.what, row.at, row.account_id, place, asked, role=row.role)
    return (found.join(own, own.c.id == row.mark_id),)


def _doubles(asked: Asked) -> Traces:
    row = DoubleCheckRow.__table__.c
    place = (row.region_code, row.rw, row.rt)
    return (
        _trace(RecordKind.DOUBLES, literal("checked"), row.at, row.account_id, place, asked, role=row.role),
        _trace(RecordKind.DOUBLES, literal("taken_back"), row.taken_back_at, row.taken_back_by, place, asked),
    )


def _opened(asked: Asked) -> Traces:
    """Looks of officers: as many persons as one saw at once are one row, without saying whom."""
    row, own = AccessRow.__table__.c, asked.scope.people
    place = (own.c.region_code, own.c.rw, own.c.rt)
    found = _trace(
        RecordKind.OPENED, row.what, row.at, None, place, asked, role=row.role, asker=row.asker, count=func.count()
    )
    whose = found.join(own, own.c.id == row.person_id).where(row.role.is_not(None))
    return (whose.group_by(row.at, row.what, row.role, row.asker, *place),)


TRACES: Mapping[RecordKind, Callable[[Asked], Traces]] = MappingProxyType(
    {
        RecordKind.LISTS: _lists,
        RecordKind.PAYMENTS: lambda asked: _files(asked, RecordKind.PAYMENTS, "payments"),
        RecordKind.SCHEDULES: lambda asked: _files(asked, RecordKind.SCHEDULES, "schedule"),
        RecordKind.PLACES: _places,
        RecordKind.PROGRAMMES: _programmes,
        RecordKind.SETTINGS: _settings,
        RecordKind.CIRCULARS: _circulars,
        RecordKind.PROPOSALS: _proposals,
        RecordKind.LINES: _lines,
        RecordKind.MARKS: _marks,
        RecordKind.DOUBLES: _doubles,
        RecordKind.OPENED: _opened,
    }
)


def traces(asked: Asked, kind: RecordKind | None) -> Traces:
    """The traces of one kind, or of all but opened persons."""
    kinds = [one for one in TRACES if one is not RecordKind.OPENED] if kind is None else [kind] * (kind in TRACES)
    found = [trace for one in kinds for trace in TRACES[one](asked)]
    if kind is not RecordKind.OPENED:
        (notes,) = _notes(asked)
        found.append(notes if kind is None else notes.where(OfficeNoteRow.kind == str(kind)))
    return tuple(found)

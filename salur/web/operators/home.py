"""The desk's first page: what waits, what is under way, what is in force, and what happens this week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from flask import Blueprint, Response

from salur.core.lists.answers import ListSummary
from salur.core.lists.kinds import ListState
from salur.core.officers.roles import Role
from salur.core.payouts.answers import AnnouncedSitting, FileState
from salur.core.payouts.kinds import By
from salur.core.uploads.kinds import UploadKind
from salur.web.context import services
from salur.web.guard import guarded, officer, show_office
from salur.web.officers.home import LISTS
from salur.web.operators.lists.desk import is_mine

blueprint = guarded(Blueprint("desk_home", __name__), Role.DINSOS)
WEEK = timedelta(days=7)
SHOWN = 5  # of each kind: the rest is one link away
UPLOADS = (
    (UploadKind.LIST, "/kantor/daftar/berkas"),
    (UploadKind.SCHEDULE, "/kantor/jadwal/berkas"),
    (UploadKind.PAYMENTS, "/kantor/pembayaran/berkas"),
)


@blueprint.get("/kantor")
def home() -> Response:
    """All of it on one page."""
    region, now = officer().territory.region_code, services().clock()
    lists = [summary for summary in services().lists.all() if is_mine(summary)]
    by = By(officer().account, region)
    return show_office(
        "operators/home.html",
        waiting=services().agenda.of(officer()),
        lists=LISTS,
        uploads=[(upload, home) for kind, home in UPLOADS for upload in services().uploads.all(region, kind)],
        drafts=[summary for summary in lists if summary.state is ListState.DRAFT],
        schedules=[file for file in services().planning.files(officer()) if file.state is FileState.DRAFT],
        payments=[file for file in services().payments.all(by) if file.state is FileState.DRAFT],
        in_force=_rounds(lists),
        week=[one for one in services().planning.board(officer()) if _is_soon(one, now + WEEK)],
        shown=SHOWN,
        now=now,
    )


def _rounds(lists: Iterable[ListSummary]) -> list[tuple[str, str, int, int]]:
    """Programme, period, lists and people of what is in force."""
    people: Counter[tuple[str, str]] = Counter()
    counted: Counter[tuple[str, str]] = Counter()
    for summary in lists:
        if summary.state is ListState.PUBLISHED:
            people[summary.programme, summary.period] += summary.people
            counted[summary.programme, summary.period] += 1
    return [(*round, counted[round], people[round]) for round in sorted(people)]


def _is_soon(announced: AnnouncedSitting, until: datetime) -> bool:
    return not announced.sitting.cancelled and announced.sitting.starts < until

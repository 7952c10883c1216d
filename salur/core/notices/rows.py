"""What a row of the box holds, whether somebody is bringing it, and what of it is still to be said."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import bindparam, update

from salur.core.errors import NoKey
from salur.core.notices.answers import LEASE, Notice
from salur.core.notices.channels import Channel
from salur.core.storage.database import AnyRow
from salur.core.storage.vault import Vault
from salur.core.tables.notices import NoticeRow

CONTENT = "notice.sealed_content"
NEWS = "news"  # the code of what followers are told
OF_PROPOSALS = ("proposal_step", "line_step")  # the codes of what who follows a proposal is told
OF_FOLLOWING = (NEWS, "follow_ended")  # the same of who follows an answer
TO_FOLLOWERS = (*OF_FOLLOWING, *OF_PROPOSALS)
EACH = ("news", "refs", "until")  # of news: what stands there once for each
PUT_BACK = (
    update(NoticeRow)
    .where(NoticeRow.id == bindparam("which"), NoticeRow.taken_at == bindparam("taken"), NoticeRow.done_at.is_(None))
    .values(due_at=bindparam("due"), taken_at=bindparam("read"))
)


def opened(vault: Vault, row: AnyRow, now: datetime | None = None) -> Notice | None:
    """What a row holds, which is taken `now` or not; None where no key opens it, or it is no message: it holds up no
    other.
    """
    try:
        content = vault.open_json(row.sealed_content, CONTENT, row.id)
        address, spoken, facts = str(content["chat"]), content["language"], content["facts"]  # a chat is a number
    except (NoKey, ValueError, LookupError, TypeError):
        return None
    kept = Channel(row.channel), address, row.code, spoken, facts, row.due_at, row.good_until
    return Notice(row.id, *kept, perhaps_read=row.taken_at is not None, taken_at=now)


def put_back(notice: Notice, later: datetime | None) -> dict[str, object]:
    """What `PUT_BACK` is told of one that was taken: due as before, or `later`; of one that was perhaps read that
    stays known.
    """
    taken = notice.taken_at
    read = taken if notice.perhaps_read else None
    return {"which": notice.id, "taken": taken, "due": later or notice.due_at, "read": read}


def is_under_way(row: AnyRow, now: datetime) -> bool:
    """Whether who took it may be bringing it at this moment: what failed or was put back waits for another time."""
    return row.taken_at is not None and row.due_at == row.taken_at + LEASE and row.due_at > now


def to_come(notice: Notice, now: datetime) -> Notice:
    """Without the news whose day is over by now; older ones do not say when that is."""
    until = notice.facts.get("until", ())
    left = [n for n, end in enumerate(until) if end is None or datetime.fromisoformat(end) > now]
    if len(left) == len(until):
        return notice
    return replace(notice, facts={**notice.facts, **{name: [notice.facts[name][n] for n in left] for name in EACH}})

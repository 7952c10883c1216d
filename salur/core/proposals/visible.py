"""Which proposals an officer may see: those of their area, of the kinds that are their business."""

from __future__ import annotations

from sqlalchemy import Subquery

from salur.core.officers.roles import Role
from salur.core.officers.scope import Scope
from salur.core.proposals.kinds import LEVEL_OF, ROUTES, Holder
from salur.core.tables.proposals import ProposalRow


def list_kinds_seen_by(role: Role | None) -> tuple[str, ...]:
    """Kinds of proposals that a role may ever see: those whose way begins at its own level or below it.

    So a report of a levy is seen by Dinas Sosial alone, and a correction by nobody below the kelurahan. Who has no
    level in the chain sees none.
    """
    level = LEVEL_OF.get(role) if role is not None else None
    heights = list(Holder)
    return tuple(
        str(kind)
        for kind, route in ROUTES.items()
        if level is not None and heights.index(route[0]) <= heights.index(level)
    )


def select_proposals(scope: Scope) -> Subquery:
    """A table like `proposal`, without the kinds that are none of this role's business. Each call makes another."""
    return scope.within(ProposalRow, ProposalRow.kind.in_(list_kinds_seen_by(scope.role)))

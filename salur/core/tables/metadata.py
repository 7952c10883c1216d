"""All tables, for those who compare them with a database: Alembic and the tests."""

from __future__ import annotations

from salur.core.tables import (
    circulars,
    comparing,
    following,
    jobs,
    letters,
    limits,
    lists,
    marks,
    notices,
    officers,
    payouts,
    people,
    privacy,
    proposals,
    record,
    regions,
    settings,
    uploads,
    waiting,
)
from salur.core.tables.base import Table

# Importing them is what makes the metadata whole.
SUBJECTS = (
    circulars,
    comparing,
    following,
    jobs,
    letters,
    limits,
    lists,
    marks,
    notices,
    officers,
    payouts,
    people,
    privacy,
    proposals,
    record,
    regions,
    settings,
    uploads,
    waiting,
)
METADATA = Table.metadata

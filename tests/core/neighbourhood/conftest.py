"""A head and his list."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date

import pytest

from salur.core.limits.kinds import Door
from salur.core.neighbourhood.answers import Filter

LONG_AGO = date(2026, 2, 17)


@pytest.fixture
def head(heads):
    """The head of RW 5."""
    return heads.create("rw", rw=5)


@pytest.fixture
def lists(services):
    """What a head sees: `lists(head, rt=2)`."""

    def page(officer, number=1, door=Door.SITE, **wanted):
        return services.neighbourhood.page(officer, Filter(**wanted), number, door=door)

    return page


def names(page):
    """Who is on a page, in its order."""
    return [line.name for line in page.lines]


def told(value):
    """Every text and number anywhere in an answer."""
    if is_dataclass(value):
        return [found for field in fields(value) for found in told(getattr(value, field.name))]
    if isinstance(value, dict):
        return [found for pair in value.items() for part in pair for found in told(part)]
    if isinstance(value, tuple | list | frozenset):
        return [found for part in value for found in told(part)]
    return [str(value)]

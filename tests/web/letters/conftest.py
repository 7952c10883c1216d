"""Officers at the desk of letters, signed in."""

from __future__ import annotations

import pytest


@pytest.fixture
def enters(signed_in, heads):
    """`enters("kelurahan")`: a browser of somebody with that role."""
    return lambda role, *area: signed_in(heads.create(role, *area))

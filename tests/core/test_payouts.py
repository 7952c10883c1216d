"""The public schedule, asked for by whatever stands in an address."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "code", ["", "\x00", "32.71.05.10\x0001", "32.71.05", "３２.71.05.1001", "9" * 5000, "' OR 1=1"]
)
def test_what_is_no_code_of_a_kelurahan_has_no_schedule(services, code):
    assert services.payouts.schedule(code) is None

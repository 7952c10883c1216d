"""Whether an account is open is asked in one place, so that no door and no query lets the sample city in."""

from __future__ import annotations

from tests.habits.source import modules

# `accounts` closes also what is not open, in production, because it is of the sample city.
ASKING = {"salur.core.storage.open_accounts", "salur.core.officers.accounts"}


def test_only_open_accounts_asks_whether_one_was_closed():
    asking = {module.name for module in modules() if "closed_at.is_(" in module.text}
    assert asking == ASKING

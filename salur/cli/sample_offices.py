"""The offices of the sample city: a chain of accounts above the families to try."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyotp

from salur.core.officers import printed_codes
from salur.core.officers.roles import CHAIN, Officer, Role
from salur.core.regions.region import district_of, regency_of
from salur.core.regions.territory import Territory
from salur.core.storage.open_accounts import SAMPLE
from salur.wiring import Services

Manifest = Mapping[str, Any]  # what the sample city says of itself, in JSON
WAY_IN = "officers"  # the password of the officers to try, which is this machine's own
SECOND_FACTOR = "second-factor"  # for the officer who may not be without: the secret for an app, then recovery codes
NAME = SAMPLE + "{role}"


def open_offices(services: Services, folder: Path, manifest: Manifest) -> dict[Role, Officer]:
    """Make the accounts, with a password made up on this machine, and give them. Safe to run again."""
    path = folder / WAY_IN
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(printed_codes.new(3).lower())
    there = {account.username for account in services.accounts.everyone()[0]}
    chain = offices(manifest)
    for role, territory in chain.items():
        if NAME.format(role=role) not in there:
            invited = services.invitations.invite(None, role, territory)
            services.invitations.accept(invited.code, NAME.format(role=role), path.read_text())
    accounts = {account.username: account for account in services.accounts.everyone()[0]}
    found = {role: accounts[NAME.format(role=role)] for role in chain}
    officers = {role: Officer(a.id, a.username, a.role, a.territory, a.region_name) for role, a in found.items()}
    _set_up_second_factor(services, folder, officers[Role.DINSOS], path.read_text())
    return officers


def _set_up_second_factor(services: Services, folder: Path, officer: Officer, password: str) -> None:
    """So that the desk can be tried at once, with an app or with a recovery code."""
    credentials, path = services.credentials, folder / SECOND_FACTOR
    if credentials.has_second_factor(officer):
        return
    begun = credentials.enrolment(officer)
    code = pyotp.TOTP(begun.secret).at(services.clock())
    codes = credentials.enrol(officer, password, begun.sealed, code)
    path.touch(mode=0o600)
    path.write_text("\n".join([begun.secret, *codes]))


def offices(manifest: Manifest) -> dict[Role, Territory]:
    """The chain above the families to try, from their RT to the city, and the payout officer of their kelurahan."""
    person = manifest["try"]["listed_coming"]
    code, rw, rt = person["area"], person["rw"], person["rt"]
    home = Territory(code, rw, rt)
    around = Territory(code, rw), Territory(code), Territory(district_of(code)), Territory(regency_of(code))
    return {**dict(zip(CHAIN, (home, *around), strict=True)), Role.PAYOUT: Territory(code)}

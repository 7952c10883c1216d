"""`python -m salur accounts`: the first accounts, and those of people who lost their way in."""

from __future__ import annotations

import click

from salur import words
from salur.cli.console import answer, as_json, with_services
from salur.core.accounts import Account, Invited
from salur.core.roles import CODE_LENGTHS, Role, Territory
from salur.wiring import Services

NUMBER = click.IntRange(1, 999)


@click.group()
def accounts() -> None:
    """Accounts of RT, RW, kelurahan, kecamatan, Dinas Sosial and payout officers."""


@accounts.command("invite")
@click.argument("role", type=click.Choice([str(role) for role in Role]))
@click.option("--area", metavar="CODE", help="Region code, such as 32.71.05.1002.  [default for dinsos: SALUR_CITY]")
@click.option("--rw", type=NUMBER, help="For a head of RW or RT.")
@click.option("--rt", type=NUMBER, help="For a head of RT.")
@as_json
@with_services
def invite(services: Services, role: str, area: str | None, rw: int | None, rt: int | None, as_json: bool) -> None:
    """Make a one-time code for a new account, valid for seven days. It is printed here, this once."""
    if area is None:
        if len(services.settings.city) not in CODE_LENGTHS[Role(role)]:
            raise click.UsageError(f"--area is missing: the region code of the {role}.")
        area = services.settings.city
    _hand_out(services, services.accounts.invite(None, Role(role), Territory(area, rw, rt)), as_json)


@accounts.command("list")
@as_json
@with_services
def show(services: Services, as_json: bool) -> None:
    """Show all accounts and open invitations: offices, no names of people, no codes."""
    everyone, invitations = services.accounts.everyone()
    lines = [_line(account) for account in everyone] or ["There are no accounts. Begin with: accounts invite dinsos"]
    for one in invitations:
        where = words.area(one.territory, one.place)
        lines.append(f"{'(invited)':30}  {one.role:10} {where}, until {one.expires_at:%Y-%m-%d %H:%M} UTC")
    value = {
        "accounts": [
            {
                "username": a.username,
                "role": str(a.role),
                "area": a.territory.region_code,
                "rw": a.territory.rw,
                "rt": a.territory.rt,
                "closed": a.closed_at,
                "seen": a.seen_at,
            }
            for a in everyone
        ],
        "invitations": len(invitations),
    }
    answer(value, lines, for_programs=as_json)


@accounts.command("close")
@click.argument("username")
@as_json
@with_services
def close(services: Services, username: str, as_json: bool) -> None:
    """Close an account for good: its sign-ins end and its Telegram chat is unlinked."""
    closed = services.accounts.close(None, username)
    answer({"closed": closed}, [f"Account {closed} is closed."], for_programs=as_json)


@accounts.command("reset")
@click.argument("username")
@as_json
@with_services
def reset(services: Services, username: str, as_json: bool) -> None:
    """Make a one-time code for a new password. The old password and second factor no longer work."""
    _hand_out(services, services.accounts.reset(None, username), as_json)


def _hand_out(services: Services, invited: Invited, as_json: bool) -> None:
    site = services.settings.public_url.rstrip("/") or "the site"
    whom = invited.username or f"{invited.role}, {words.area(invited.territory, invited.place)}"
    lines = [
        f"For {whom}",
        f"Code:  {invited.code}",
        f"Type it at {site}/gabung before {invited.expires_at:%Y-%m-%d %H:%M} UTC.",
        "It works once and is not shown again.",
    ]
    value = {"code": invited.code, "role": str(invited.role), "expires": invited.expires_at}
    answer(value, lines, for_programs=as_json)


def _line(account: Account) -> str:
    state = "closed" if account.closed_at else "" if account.seen_at else "never signed in"
    return f"{account.username:30}  {account.role:10} {words.area(account.territory, account.place)} {state}".rstrip()

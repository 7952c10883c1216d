"""`python -m salur accounts`: the first accounts, and those of people who lost their way in."""

from __future__ import annotations

import click

from salur.cli.console import answer, as_json, with_services
from salur.cli.language import say, words
from salur.core.officers.answers import Account, Invited
from salur.core.officers.roles import CODE_LENGTHS, Role
from salur.core.regions.territory import Territory
from salur.wiring import Services
from salur.words.lists.standing import moment
from salur.words.officers.offices import area as area_words

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
            raise click.UsageError(say("--area belum ada: kode wilayah untuk {role}.", role=role))
        area = services.settings.city
    _hand_out(services, services.invitations.invite(None, Role(role), Territory(area, rw, rt)), as_json)


@accounts.command("list")
@as_json
@with_services
def show(services: Services, as_json: bool) -> None:
    """Show all accounts and open invitations: offices, no names of people, no codes."""
    everyone, invitations = services.accounts.everyone()
    lines = [_line(account) for account in everyone] or [
        say("Belum ada akun. Mulai dengan: {perintah}", perintah="accounts invite dinsos")
    ]
    for one in invitations:
        where = area_words(one.territory, one.region_name)
        until = say("berlaku sampai {waktu}", waktu=moment(one.expires_at, services.settings.zone, words()))
        invited = say("(diundang)")
        lines.append(f"{invited:30}  {one.role:10} {where}, {until}")
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
    answer({"closed": closed}, [say("Akun {nama} ditutup.", nama=closed)], for_programs=as_json)


@accounts.command("reset")
@click.argument("username")
@as_json
@with_services
def reset(services: Services, username: str, as_json: bool) -> None:
    """Make a one-time code for a new password. The old password and second factor no longer work."""
    _hand_out(services, services.accounts.reset(None, username), as_json)


def _hand_out(services: Services, invited: Invited, as_json: bool) -> None:
    page = f"{services.settings.site}/gabung" if services.settings.site else say("halaman /gabung di situs Salur")
    until = moment(invited.expires_at, services.settings.zone, words())
    whom = invited.username or f"{invited.role}, {area_words(invited.territory, invited.region_name)}"
    lines = [
        say("Untuk {siapa}", siapa=whom),
        say("Kode:  {kode}", kode=invited.code),
        say("Ketik kode itu di {halaman} sebelum {waktu}.", halaman=page, waktu=until),
        say("Kode hanya berlaku satu kali dan tidak ditampilkan lagi."),
    ]
    value = {"code": invited.code, "role": str(invited.role), "expires": invited.expires_at}
    answer(value, lines, for_programs=as_json)


def _line(account: Account) -> str:
    state = say("ditutup") if account.closed_at else "" if account.seen_at else say("belum pernah masuk")
    where = area_words(account.territory, account.region_name)
    return f"{account.username:30}  {account.role:10} {where} {state}".rstrip()

"""`python -m salur lists …`: a list's life, from the sender's files to what residents see."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import asdict
from datetime import date
from pathlib import Path

import click
from xlsxwriter.utility import xl_col_to_name

from salur.cli.console import FILE, Period, answer, as_json, with_services
from salur.cli.days import Day
from salur.cli.language import say, words
from salur.cli.list_files import column_option, import_draft, read_files, which_holds
from salur.cli.row_sum import sum_value
from salur.core.lists.answers import Change
from salur.core.lists.coverage import coverage_of, units_of
from salur.core.lists.importing.facts import ListFacts
from salur.core.lists.kinds import LOOKED_AT, Coverage, Draft, ListState
from salur.documents.fault_workbook import write_faults
from salur.intake.cells.wordings import phrases
from salur.intake.draft import Understood
from salur.wiring import Services
from salur.words.lists.changes import (
    what_it_covers,
    what_was_not_understood,
    what_was_published,
    what_would_change,
    whom_it_takes_off,
)
from salur.words.lists.drafts import HOW_COLUMNS_ARE_KNOWN, what_is_wrong, what_was_understood
from salur.words.lists.faults import explain_fault
from salur.words.lists.standing import how_it_stands, in_a_line

LIST = click.IntRange(1, 2**63 - 1)  # what a database can number
HOLDS = click.Choice(["command", "file", "perintah", "berkas"])
files_argument = click.argument("files", metavar="FILE…", type=FILE, nargs=-1, required=True)
states_option = click.option(
    "--states", "--keadaan", "states", is_flag=True, help="Confirm whom the list takes off or suspends."
)


@click.group()
def lists() -> None:
    """Check, import, publish, undo, withdraw and restore lists of recipients."""


@lists.command("check")
@files_argument
@column_option
@as_json
def check(files: tuple[Path, ...], columns: tuple[tuple[str, str], ...], as_json: bool) -> None:
    """Say what is understood of files and what is wrong with them. Writes nothing, shows nobody's name."""
    draft, read = read_files(files, dict(columns))
    value = {
        "people": len(draft.people),
        "refused": list(draft.refused),
        "rows": sum_value(draft.rows),
        "faults": [list(fault) for fault in draft.faults],
        "counts": dict(Counter(fault.code for fault in draft.faults)),
        "programmes": dict(draft.tally.programmes),
        "stages": dict(draft.tally.stages),
        "years": sorted(draft.years),
        "amount": draft.tally.amount,
        "coverage": coverage_of(draft),
        "states": [[*state, count] for state, count in draft.states.items()],
        "understood": asdict(read[0].understood) if len(read) == 1 else [asdict(one.understood) for one in read],
    }
    lines = [line for one in read for line in _columns(one.understood)]
    answer(value, [*_understood(draft), *lines, *what_is_wrong(draft, words())], for_programs=as_json)


@lists.command("import")
@files_argument
@click.option("--programme", required=True, help="Such as PKH; see: programmes show.")
@click.option("--period", type=Period(), required=True, help="2026-T1 (tahap), 2026-B07 (month) or 2026 (year).")
@click.option("--decree", required=True, help="Number of the decree or circular that the list rests on.")
@click.option("--issued", required=True, type=Day(), help="Its date, such as 12-01-2026 or 12 Januari 2026.")
@click.option("--issuer", required=True, help="Who issued it.")
@click.option(
    "--coverage",
    "--cakupan",
    "coverage",
    type=click.Choice([str(one) for one in Coverage]),
    help="What the list speaks for.  [default: by its rows]",
)
@click.option("--holds", "--berlaku", "holds", type=HOLDS, help="What holds where the file says otherwise.")
@states_option
@column_option
@as_json
@with_services
def import_(
    services: Services,
    files: tuple[Path, ...],
    programme: str,
    period: str,
    decree: str,
    issued: date,
    issuer: str,
    coverage: str | None,
    holds: str | None,
    states: bool,
    columns: tuple[tuple[str, str], ...],
    as_json: bool,
) -> None:
    """Import a list, of one file or of all files of a round, as a draft. Nobody sees it before `lists publish`."""
    draft, _ = read_files(files, dict(columns))
    chosen = Coverage(coverage) if coverage else None
    facts = ListFacts(programme.upper(), period, decree, issued, issuer, coverage=chosen, states_confirmed=states)
    facts = which_holds(draft, facts, holds)
    list_id = import_draft(services, draft, files, facts)
    covered = services.lists.show(list_id).coverage
    value = {
        "list": list_id,
        "people": len(draft.people),
        "faults": len(draft.faults),
        "refused": len(draft.refused),
        "coverage": covered,
        "states": [[*state, count] for state, count in draft.states.items()],
        "rows": sum_value(draft.rows),
    }
    lines = [say("Daftar {nomor} adalah konsep; belum dilihat warga.", nomor=list_id), *_understood(draft, covered)]
    if draft.states and not states:
        lines.append(say("Periksa siapa yang dicoret atau ditangguhkan, lalu setujui dengan --keadaan."))
    if draft.faults:
        perintah = f"lists faults {list_id} --out faults.xlsx"
        lines.append(say("Baris yang salah untuk pengirim: {perintah}", perintah=perintah))
    lines.append(say("Untuk menerbitkan: {perintah}", perintah=f"lists publish {list_id}"))
    answer(value, lines, for_programs=as_json)


@lists.command("faults")
@click.argument("list_id", metavar="LIST", type=LIST)
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The workbook to write.")
@as_json
@with_services
def faults(services: Services, list_id: int, out: Path, as_json: bool) -> None:
    """Give the faulty rows back as a workbook, with the reasons in the last column. It holds personal data."""
    header, rows = services.lists.faulty_rows(list_id)
    explained = [(r.row, r.cells, [explain_fault(*reason.partition(":")[::2]) for reason in r.reasons]) for r in rows]
    # Before anything is in it: nobody else may read it, not even for a moment.
    out.touch()
    out.chmod(0o600)
    write_faults(out, explained, header=header)
    told = say("{jumlah} baris ditulis. Berkas itu berisi data pribadi: kirim hanya ke pengirim.", jumlah=len(rows))
    answer({"rows": len(rows)}, [told], for_programs=as_json)


@lists.command("show")
@click.argument("list_id", metavar="[LIST]", type=LIST, required=False)
@as_json
@with_services
def show(services: Services, list_id: int | None, as_json: bool) -> None:
    """Show all lists, or one; of a draft also what publishing it would change."""
    if list_id is None:
        summaries = services.lists.all()
        lines = [in_a_line(summary, words()) for summary in summaries] or [say("Belum ada daftar.")]
        answer([asdict(summary) for summary in summaries], lines, for_programs=as_json)
        return
    summary = services.lists.show(list_id)
    value, lines = asdict(summary), how_it_stands(summary, services.settings.zone, words())
    if summary.state is ListState.DRAFT:
        change = services.lists.change(list_id)
        value["change"] = _as_value(change)
        lines += what_would_change(change, services.lists.notes(list_id), words())
    answer(value, lines, for_programs=as_json)


@lists.command("publish")
@click.argument("list_id", metavar="LIST", type=LIST)
@click.option("--yes", "--ya", "yes", is_flag=True, help="Agree to what it changes.")
@states_option
@as_json
@with_services
def publish(services: Services, list_id: int, yes: bool, states: bool, as_json: bool) -> None:
    """Show what a draft changes, and put it in force. Where it covers, older lists of the programme step back."""
    change = services.lists.change(list_id)
    if not as_json:
        click.echo("\n".join(what_would_change(change, services.lists.notes(list_id), words())))
    looked_at = say("Sudah diperiksa siapa yang dicoret atau ditangguhkan?")
    if change.states and not change.states_confirmed and (states or _asked(looked_at, as_json)):
        services.lists.confirm_states(list_id)
    if change.reasons and not yes:
        yes = _asked(say("Setuju dengan perubahan ini?"), as_json)
    done = services.lists.publish(change.agreed() if yes else change.seen())
    value = {
        "list": done.list,
        "superseded": done.superseded,
        "people": done.people,
        "added": change.total.new,
        "dropped": change.total.dropped,
        "change": _as_value(change),
    }
    answer(value, what_was_published(done, words()), for_programs=as_json)


@lists.command("undo")
@click.argument("list_id", metavar="LIST", type=LIST)
@click.option("--why", required=True, help="For the office's own record.")
@as_json
@with_services
def undo(services: Services, list_id: int, why: str, as_json: bool) -> None:
    """Take a published list back, and put in force again what it had superseded."""
    done = services.lists.undo(list_id, why)
    lines = [say("Daftar {nomor} ditarik.", nomor=done.list)]
    if done.restored:
        lines.append(say("Berlaku lagi: daftar {nomor}.", nomor=", ".join(map(str, done.restored))))
    answer(done, lines, for_programs=as_json)


@lists.command("withdraw")
@click.argument("list_id", metavar="LIST", type=LIST)
@click.option("--why", required=True, help="For the office's own record.")
@as_json
@with_services
def withdraw(services: Services, list_id: int, why: str, as_json: bool) -> None:
    """Take a draft or published list out. Residents no longer see it."""
    before = services.lists.withdraw(list_id, why)
    lines = [say("Daftar {nomor} ditarik.", nomor=list_id)]
    for one in before:
        lines.append(say("Daftar {nomor} digantikan olehnya. Untuk mengembalikannya: {perintah}", nomor=one,
                         perintah=f"lists restore {one}"))  # fmt: skip
    answer({"list": list_id, "before": before}, lines, for_programs=as_json)


@lists.command("restore")
@click.argument("list_id", metavar="LIST", type=LIST)
@as_json
@with_services
def restore(services: Services, list_id: int, as_json: bool) -> None:
    """Bring a superseded or withdrawn list back. Those in force in its place are withdrawn."""
    withdrawn = services.lists.restore(list_id)
    lines = [in_a_line(services.lists.show(list_id), words())]
    if withdrawn:
        lines.append(say("Ditarik karena itu: daftar {nomor}.", nomor=", ".join(map(str, withdrawn))))
    answer({"list": list_id, "withdrawn": withdrawn}, lines, for_programs=as_json)


def _asked(question: str, as_json: bool) -> bool:
    """Whether someone who sits there says yes; where nobody sits, nobody has."""
    return not as_json and sys.stdin.isatty() and click.confirm(question)


def _understood(draft: Draft, coverage: Coverage | None = None) -> list[str]:
    names = draft.tally.names
    lines = what_was_understood(draft, names, words())
    if draft.people:
        coverage = coverage or coverage_of(draft)
        lines.append(what_it_covers(coverage, units_of(draft.tally, coverage), names, words()))
    if states := draft.states:
        lines.append(say("Keadaan orang menurut keterangan di berkas:"))
        lines += whom_it_takes_off(states, words())
        seen = Counter(phrase for p in draft.people if p.state in LOOKED_AT for phrase in phrases(p.note or ""))
        lines.append(say("Kata-katanya: {kata}", kata=", ".join(f"{one} ({n})" for one, n in seen.most_common())))
    notes = Counter(p.note for p in draft.people if p.note and p.reason is None)
    return lines + what_was_not_understood(notes.most_common(), words())


def _columns(understood: Understood) -> list[str]:
    lines = []
    for sheet in understood.sheets:
        baris = ", ".join(map(str, sheet.header_rows))
        lines.append(say("Lembar {nama}: judul kolom di baris {baris}", nama=sheet.name, baris=baris))
        lines += [
            "  "
            + say(
                "kolom {huruf}: {isi} ({cara})", huruf=xl_col_to_name(column), isi=field, cara=_how(sheet.how[column])
            )
            for column, field in sheet.columns.items()
        ]
    for name, filled in zip(understood.skipped, understood.skipped_rows, strict=True):
        lines.append(
            say("Lembar {nama} tidak dibaca: tidak ada daftar di {jumlah} barisnya.", nama=name, jumlah=filled)
        )
    return lines


def _how(code: str) -> str:
    sentence = HOW_COLUMNS_ARE_KNOWN.get(code)
    return say(sentence) if sentence else code


def _as_value(change: Change) -> dict[str, object]:
    """For programs: with codes, and the counts of each place."""
    value = {name: getattr(change, name) for name in ("coverage", "units", "replaces", "in_part", "notes", "elsewhere")}
    states = [[*state, count] for state, count in change.states.items()]
    places = [asdict(place) for place in change.places]
    return {**value, "states": states, "reasons": change.reasons, "total": asdict(change.total), "places": places}

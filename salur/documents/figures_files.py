"""The public totals as files: csv for a spreadsheet, json for programs. They hold what the page holds, and no more."""

from __future__ import annotations

import csv
import json
from io import StringIO

from salur.core.figures.answers import Figures, Place, Round, Total
from salur.documents.csv_cells import as_text

HEADER = (
    "program", "nama_program", "periode", "kode_kecamatan", "kecamatan", "kode_kelurahan", "kelurahan", "penerima",
    "jumlah_rupiah", "persen_dibayar", "disembunyikan", "dasar", "dihitung_pada",
)  # fmt: skip


def figures_csv(figures: Figures) -> str:
    """One line a place and round; sums come before their parts, and have no kelurahan, or no kecamatan either."""
    file = StringIO()
    lines = csv.writer(file)
    lines.writerow(HEADER)
    at = figures.at.isoformat(timespec="seconds")
    for round_ in figures.rounds:
        basis = "; ".join(f"{source.decree} ({source.issued_on.isoformat()})" for source in round_.sources)
        for district, kelurahan, total in round_.rows:
            where = (
                part for place in (district, kelurahan) for part in ((place.code, place.name) if place else ("", ""))
            )
            row = (round_.programme, round_.programme_name, round_.period, *where, *_cells(total), basis, at)
            lines.writerow([as_text(cell) for cell in row])
    return file.getvalue()


def figures_json(figures: Figures) -> str:
    """The same, nested as it belongs together."""
    rounds = [_round(round_) for round_ in figures.rounds]
    return json.dumps({"dihitung_pada": figures.at.isoformat(timespec="seconds"), "daftar": rounds}, ensure_ascii=False)


def _cells(total: Total) -> tuple[object, ...]:
    hidden = "ya" if total.is_hidden else "tidak"
    return *("" if cell is None else cell for cell in (total.recipients, total.amount, total.paid_share)), hidden


def _round(round_: Round) -> dict[str, object]:
    sources = [
        {"dasar": source.decree, "tanggal": source.issued_on.isoformat(), "penerbit": source.issuer}
        for source in round_.sources
    ]
    named = {"program": round_.programme, "nama": round_.programme_name, "periode": round_.period}
    return {**named, "sumber": sources, **_total(round_.total), "kecamatan": [_place(d) for d in round_.districts]}


def _place(place: Place) -> dict[str, object]:
    told: dict[str, object] = {"kode": place.code, "nama": place.name, **_total(place.total)}
    return {**told, "kelurahan": [_place(part) for part in place.parts]} if place.parts else told


def _total(total: Total) -> dict[str, object]:
    return {
        "penerima": total.recipients,
        "jumlah_rupiah": total.amount,
        "persen_dibayar": total.paid_share,
        "disembunyikan": total.is_hidden,
    }

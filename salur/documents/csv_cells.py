"""Cells of csv files."""

from __future__ import annotations

FORMULAS = ("=", "+", "-", "@", "\t")


def as_text(cell: object) -> object:
    """The cell; with an apostrophe before it, as text has there, where a spreadsheet would run it as a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULAS) else cell

"""Programmes, reasons and faults of lists in words."""

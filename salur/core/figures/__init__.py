"""Totals for everybody: how many stand on the lists in force, how much it is, and how much of it was paid.

Start reading in `figures.py`; what is left out, so that nobody can be counted out of them, is decided in `hiding.py`.
"""

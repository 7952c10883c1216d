"""Totals for everybody, and for officers: how many stand on lists, how much it is, and how much of it was paid.

Start reading in `figures.py`; what is left out, so that nobody can be counted out of them, is decided in `hiding.py`.
Officers get exact ones within their area: `dashboards.py`, counted in `counting.py`.
"""

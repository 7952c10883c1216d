"""Totals: for everybody, and for officers within their area. Start reading in `public.py`."""

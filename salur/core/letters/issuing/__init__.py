"""Letters that Salur prints: which families get one, what stands on it, its code, and what becomes of it.

Start reading in `desk.py`; `work.py` is what a runner does.
"""

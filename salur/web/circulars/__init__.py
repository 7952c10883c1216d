"""Circulars at the office (`inbox.py`) and for everybody (`public.py`)."""

"""Circulars (surat edaran): written and sent by Dinas Sosial, read and passed on level by level.

Start reading in `circulars.py`; `writing.py` is the desk at Dinas Sosial.
"""

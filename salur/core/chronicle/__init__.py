"""The record of who did what, out of the traces that all subjects leave.

Start reading in `chronicle.py`.
"""

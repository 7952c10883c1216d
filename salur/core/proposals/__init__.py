"""The sender's side of proposals, objections, corrections and reports.

Start reading in `steps.py`: what becomes of a proposal, in one place.
"""

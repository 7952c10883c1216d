"""Whoever wants to be told when an answer changes: what is compared, when it is said, and that it ends.

Start reading in `following.py`.
"""

"""The chain decides: what waits for an office, one proposal as a whole, the steps it may take.

Start reading in `inbox.py`.
"""

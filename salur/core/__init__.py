"""The library: a folder per subject over `tables` and `storage`; `errors` says what is refused.

Start reading in `lookup/lookup.py`. A folder's `answers.py` holds what leaves the core, `kinds.py` the words of a
field, `queries.py` its statements.
"""

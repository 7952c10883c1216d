"""The counter of an office: somebody stands there with KTP, and is looked up by number and name.

Start reading in `counter.py`.
"""

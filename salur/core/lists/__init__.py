"""Programmes, lists and their imports. Start reading in `lists.py`, a list's life."""

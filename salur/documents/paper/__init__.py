"""Papers that an office prints: letters, posters, lists to walk with. Tagged PDF by typst, in fonts of our own.

Start reading in `letters.py`; `parts.typ` is what the papers share.
"""

"""What becomes of letters on their way: handed over by heads, or withheld; and the list to walk with.

Start reading in `handing.py`.
"""

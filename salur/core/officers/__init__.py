"""Officers: roles, areas, accounts and how they sign in.

Start reading in `scope.py`: how an officer's area bounds all they can see.
"""

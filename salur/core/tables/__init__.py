"""The tables, a file per subject. Only the core reads and writes them; `metadata.py` has them all."""

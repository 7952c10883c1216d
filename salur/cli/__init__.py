"""The operators' commands, one file per group. Start reading in `main.py`, which holds them together."""

"""The regions of Indonesia, the areas offices speak of, and how their names are written.

Start reading in `region.py`.
"""

"""A draft is put in force beside the site: at once where that takes long, or at a time that somebody set.

Start reading in `publishing.py`.
"""

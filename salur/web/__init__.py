"""The site: a door. It reads what a person typed, asks the core one thing, and shows the answer in words.

Start reading in `lookup/pages.py`.
"""

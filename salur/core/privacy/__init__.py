"""Whose data was looked at by whom, and what a resident may see of their own.

Start reading in `my_data.py`.
"""

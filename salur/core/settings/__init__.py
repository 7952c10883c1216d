"""What a city sets by itself on the site, with who set it.

Start reading in `settings.py`.
"""

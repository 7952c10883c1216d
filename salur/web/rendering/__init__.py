"""How a page is made: templates that already speak, stylesheets, sentences as HTML.

Start reading in `templating.py`.
"""

"""What a city sets by itself on the site, with who set it. Start: `salur/core/settings/settings.py`."""

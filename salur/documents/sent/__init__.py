"""Tables that an office sends on the site, as rows."""

"""Letters on the site: the office's desk, the payee's own, and what a scanned one is worth."""

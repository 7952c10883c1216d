"""The site in a real browser, as people see it: on a phone and at a desk."""

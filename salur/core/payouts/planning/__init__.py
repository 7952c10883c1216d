"""Planning at the desk: a sitting is announced, moved, split or cancelled; what speaks against it is pointed out."""

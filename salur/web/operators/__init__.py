"""The operator's desk: lists from the files that are sent in to what residents see."""

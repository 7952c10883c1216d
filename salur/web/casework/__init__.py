"""Deciding on proposals."""

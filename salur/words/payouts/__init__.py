"""Payments and schedules in words, for operators."""

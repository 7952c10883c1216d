"""Measurements. `make bench` runs them all; what they print are ratios of things measured in turn within one run."""

"""One story, told through both doors."""

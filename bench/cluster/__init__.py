"""Three database servers of which one writes, and what becomes of the site when it dies or is cut off."""

"""A single tile of the overview: looked at otherwise, and swapped alone."""

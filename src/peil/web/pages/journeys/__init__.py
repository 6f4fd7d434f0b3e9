"""Customer journeys: the strip, what is covered, and the editor."""

"""Surveys: the list, making and changing one, its links, who answered, and the newest answers."""

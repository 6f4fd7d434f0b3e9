"""Who comes in, how often, and whose rows they see."""

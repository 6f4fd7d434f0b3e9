"""A file on its way in: received, read, mapped, tried out, taken in."""

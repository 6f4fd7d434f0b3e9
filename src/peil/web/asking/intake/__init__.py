"""Forms and pages as they come over the line, and the short way to their answer."""

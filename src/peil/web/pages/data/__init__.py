"""Where the figures come from: imports, files on their way in, definitions."""

"""How the command line speaks: options, tables, progress, and what went wrong."""

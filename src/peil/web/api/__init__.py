"""The figures for programs: /api/v1, in the words of the library and the command line."""

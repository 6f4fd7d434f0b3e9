"""One reader a format; they run in a process of their own, since a file may be made to do harm."""

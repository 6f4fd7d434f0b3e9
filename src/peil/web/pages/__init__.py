"""One file a page, one folder a subject."""

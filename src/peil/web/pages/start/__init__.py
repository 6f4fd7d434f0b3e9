"""The first page of all: the administrator is made."""

"""The pages of whoever answers: no session, no cookie, no script, and a short way to the database."""

"""Who works here: people, teams, roles and keys, and what each may see and do."""

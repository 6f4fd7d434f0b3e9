"""Words of people, rights and running Peil."""

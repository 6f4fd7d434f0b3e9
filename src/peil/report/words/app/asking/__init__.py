"""Words of surveys, for the colleagues who make them."""

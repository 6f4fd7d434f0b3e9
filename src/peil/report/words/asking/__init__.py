"""Words for whoever answers a survey."""

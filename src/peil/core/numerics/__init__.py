"""Numbers that the estimates share: quantiles, replicates, roots."""

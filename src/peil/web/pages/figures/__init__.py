"""Pages of figures: one KPI, one subject, groups beside each other; their filters and exports."""

"""Questions to the facts beyond plain figures: changes, contrasts, groups at one mix, rows, comments, counts."""

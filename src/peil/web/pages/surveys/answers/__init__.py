"""Who answers a survey, and what was answered last."""

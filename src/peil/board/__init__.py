"""What people make of the figures: boards, views, texts, snapshots, subscriptions, targets and journeys."""

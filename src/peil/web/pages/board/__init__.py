"""What people make of the figures: their tiles, views, texts, snapshots and subscriptions."""

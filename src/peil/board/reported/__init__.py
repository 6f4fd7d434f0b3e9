"""What was reported and to whom: snapshots, interpretations, events, and figures by e-mail."""

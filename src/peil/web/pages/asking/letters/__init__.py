"""What is written to customers: its preview, whether it arrives, and what was done with answers."""

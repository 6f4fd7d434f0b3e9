"""What the organisation sets once, for its administrator: peil.toml as a form, with a preview and a way back."""

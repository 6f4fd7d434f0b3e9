"""Channels for whoever works here: setting up a widget, a kiosk or a sheet, and entering answers from paper and phone."""

"""What devices show and send: the script of a widget, its pages as data, and the kiosk. No cookie, no session."""

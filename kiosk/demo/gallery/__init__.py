"""``python -m kiosk gallery``: a picture of every screen in every mode, language and orientation."""

"""Walks over one picture of the screens and finds what somebody could not see, read, reach or hear."""

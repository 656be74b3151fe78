"""Contacts of the housing: doors, tamper, presence."""

"""The A4 printer, through CUPS."""

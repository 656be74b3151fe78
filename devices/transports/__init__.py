"""Lines to devices: bytes out and bytes in with deadlines, no protocol."""

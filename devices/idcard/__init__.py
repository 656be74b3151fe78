"""Readers of identity cards: pure codecs of frame and card text, and the driver over a serial line."""

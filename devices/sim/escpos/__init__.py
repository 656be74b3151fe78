"""An ESC/POS printer without a mechanism: interprets the bytes and draws the paper."""

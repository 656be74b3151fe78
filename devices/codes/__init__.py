"""Scanners of QR codes and barcodes."""

"""Figures of the running terminal, each beside its limit: ``python -m tests.bench [area…]``."""

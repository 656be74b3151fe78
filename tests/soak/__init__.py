"""Visits with random device faults: nothing may end wrong, nothing may grow."""

"""The terminal over a simulated bench and an embedded district: same wiring, same drivers, real bytes."""

"""The test bench: peers of the drivers that speak the devices' own bytes and misbehave on request."""

"""What single families hand over and take, beyond the records of ``devices.model``."""

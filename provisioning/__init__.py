"""What a terminal is told to be, and how it is brought into the fleet."""

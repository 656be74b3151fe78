"""What is measured, an area a module; each offers ``measure() -> Measured``."""

"""Forward-only migrations of the platform's database."""

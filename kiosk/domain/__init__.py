"""The words of the trade: persons, numbers, applications, languages; no screen and no wire."""

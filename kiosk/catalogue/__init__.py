"""Service items (事项) as data: built in, and overlaid by the district's signed catalogue."""

"""Forms made from an item's JSON Schema: what to ask, how to read an answer, what is wrong with it."""

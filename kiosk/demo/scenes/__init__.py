"""Every screen in every state it can be in, as values, with invented persons."""

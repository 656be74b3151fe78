"""One visit as a pure function: states, events, effects and the step between them."""

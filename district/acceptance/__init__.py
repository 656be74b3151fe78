"""统一受理: submissions become cases, once and for ever."""

"""Smart cards through PC/SC: a monitor that survives its service, and what is read from cards."""

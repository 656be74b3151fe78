"""What staff may do at the terminal, and how they show who they are."""

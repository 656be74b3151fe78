"""Making the terminal heard: engines behind one seam, recorded clips, and whether headphones are in."""

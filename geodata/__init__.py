"""Numbers and geometry of the corridor: places, legs, services, and hours ahead to the next of them."""

"""The map: whose each square of the world is, what part of it is looked at, and how that is drawn."""

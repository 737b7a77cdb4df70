"""A recorded world served over real HTTP on loopback, so that the program can be seen without a network."""

"""What leaves the program: incidents as documents that other programs read. Knows the domain alone."""

"""Who is told: the messages of alerts and the channels that carry them; knows the domain and the form of exports alone."""

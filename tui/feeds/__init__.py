"""How entries come in: the feed list, fetching, parsing."""

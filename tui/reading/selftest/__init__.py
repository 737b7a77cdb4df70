"""Labelled stories of our own, and of the user's, read and scored: how good the reader is, and whether it got worse."""

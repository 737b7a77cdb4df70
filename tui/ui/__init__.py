"""How it is seen: the Textual dashboard."""

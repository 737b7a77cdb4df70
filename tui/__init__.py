"""Overflight: a terminal monitor of airspace incursions."""

__version__ = "0.1.0"

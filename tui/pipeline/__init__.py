"""In what order: one feed once, which feeds are due, and the ports between the layers."""

"""What is said of an incident, drawn from all its reports: facts, timeline, contradictions, outcome."""

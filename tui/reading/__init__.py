"""How text is understood: text in, verdicts, facts and groupings out, each with its reasons."""

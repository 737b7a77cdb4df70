"""Who belongs together: the states whose common skies a text means when it names their alliance and none of them."""

NATO = frozenset({
    "AL", "BE", "BG", "CA", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GR", "HR", "HU", "IS",
    "IT", "LT", "LU", "LV", "ME", "MK", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK", "TR", "US",
})  # fmt: skip
EU = frozenset({
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT",
    "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
})  # fmt: skip
ALLIES = NATO | EU
"""States in either; which of the two a headline means is seldom told apart."""

COMMON_SKIES = {"NATO": "Europe (NATO)", "EU": "Europe"}
"""The place of what is told of an alliance or of Europe and of none of its states."""

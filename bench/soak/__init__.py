"""The endurance harness: runs that go on for long, or break things on purpose, and what must hold in each of them."""

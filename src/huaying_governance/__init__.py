"""Domain models and rules for grassroots community governance (基层治理)."""

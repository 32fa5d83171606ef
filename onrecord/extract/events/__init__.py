"""Event and control claims by rule: triggers, types, who did it to whom, where, when, and whether it happened."""

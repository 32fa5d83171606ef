"""Scores and timings, each with the command that gives it; docs/quality.md keeps the numbers."""

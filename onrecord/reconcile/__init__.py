"""Readings and judgements to the record."""

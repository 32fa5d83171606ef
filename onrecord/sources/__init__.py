"""Bytes to dispatches."""

"""Onrecord reads dispatches about armed conflict and keeps a cited record of them."""

"""Invented conflicts whose truth is known: who, where, what happened, how many, and how outlets told of it."""

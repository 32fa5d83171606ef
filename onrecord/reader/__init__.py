"""The reader: text to sentences and tagged tokens."""

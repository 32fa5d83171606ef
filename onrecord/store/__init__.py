"""The logs and the record, kept in memory or in a database."""

"""A tagged dispatch to mentions, statements and claims."""

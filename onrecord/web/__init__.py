"""The workspace: a record to look through in a browser, served from this machine to this machine."""

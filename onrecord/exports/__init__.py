"""The record in the forms that other tools read, one convention a file."""

"""The time expressions of a dispatch, from their wordings to the calendar."""

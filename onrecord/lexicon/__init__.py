"""Knowledge that a non-programmer edits: actors, places, word lists."""

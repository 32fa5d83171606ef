"""Ways to map reading over dispatches, each shaped like map()."""

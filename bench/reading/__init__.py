"""How each head of the reader is scored; one module a task, each with `scores(reader, path)`."""

"""Who is said to have said what: quotations, reporting words, sources, channels."""

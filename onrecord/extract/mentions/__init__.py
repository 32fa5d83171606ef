"""Who and where a dispatch names: runs of capitals, epithets, pronouns, roles."""

"""The words that every room speaks: values, records, ids, errors and the closed vocabulary."""

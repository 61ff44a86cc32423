"""通报 and 督办单: a board in words, each figure with its source."""

"""One module a page: a function from the snapshot and the address to what is shown."""

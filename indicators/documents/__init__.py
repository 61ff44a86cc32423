"""From a file to a document: text, title, number, issuer, dates, articles, sections, offices."""

"""From a document to commitments: quantity, unit, bound, kind, date, name, span, confidence."""

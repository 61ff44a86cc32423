"""Workbooks: the template that goes out, and what comes back from an office."""

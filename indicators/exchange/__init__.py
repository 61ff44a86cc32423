"""Tables handed on: CSV, Parquet, workbooks and lines of JSON."""

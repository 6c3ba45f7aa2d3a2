"""A corpus traced on an engine that holds more than one machine can: Spark, Sail, or DuckDB."""

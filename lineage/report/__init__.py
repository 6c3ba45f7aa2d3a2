"""Pictures and pages made from the tables: charts, the report, word differences."""

"""From tables to what is shown: counts, trends, charts and the report.

This wing knows the tables of a run and nothing of how they were made.
"""

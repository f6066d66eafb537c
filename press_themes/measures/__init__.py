"""Counts, intervals, trends, groups, changes: numbers, never words."""

"""What changed between runs: tables of two or more runs in, tables of changes out.

Every test counts stories, not passages, and says how often chance alone would pass it.
"""

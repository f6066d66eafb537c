"""The figures of a run, one chart a module.

Each module turns the tables into a tidy frame and draws that frame; ``draw`` writes them all.
"""

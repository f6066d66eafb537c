"""A finished run → files for other programs: a workbook, a REFI-QDA project, a network, CSV for Excel.

Tables in, files out; nothing here counts anything that the tables do not already hold.
"""

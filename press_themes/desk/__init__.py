"""The desk: a run's passages filtered, searched, read and judged, in JupyterLab and in the report.

One component in plain JavaScript shows them; what it writes is checked here before a file changes.
"""

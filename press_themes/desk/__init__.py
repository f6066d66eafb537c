"""Exploring: a finished run read as tables, filtered, searched, read and judged in JupyterLab.

It reads run folders and writes the analyst's decisions beside the corpus; no stage imports it.
"""

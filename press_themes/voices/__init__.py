"""Passages → who is quoted, and who is named.

Tables only: passages and articles in, ``quotations``, ``names`` and ``name_mentions`` out. Everything
is worked out on this machine.
"""

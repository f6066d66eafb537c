"""Files become articles, and articles become passages.

The public verbs are `read.read_articles` and `passages.split_passages`.
"""

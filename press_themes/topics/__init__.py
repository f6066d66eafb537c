"""Embeddings to topics: clustering, names, stability, continuity."""

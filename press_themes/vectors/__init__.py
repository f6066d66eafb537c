"""Vectors: from passages to embeddings that read all languages alike."""

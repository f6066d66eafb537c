"""Themes: from embeddings to the themes of the codebook and the topics that BERTopic finds."""

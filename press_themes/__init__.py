"""Press Themes: from a folder of press articles to themes that can be defended."""

__version__ = "0.1.0"

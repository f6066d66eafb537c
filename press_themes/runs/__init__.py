"""How a run is kept: its folder, reuse of what is unchanged, checksums, formats."""

"""What changed from run to run, in numbers."""

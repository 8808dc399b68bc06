"""What is decided: pure functions from what is wanted and what is there to commands."""

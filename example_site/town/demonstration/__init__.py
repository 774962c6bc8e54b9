"""What the demonstration starts with. All of it is invented."""

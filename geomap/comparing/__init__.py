"""What a build says of names that an older one did not, and why."""

"""What every program needs and no stage owns: files written whole, locks, child processes, HTTP, progress."""

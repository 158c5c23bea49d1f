"""What every program needs and no stage owns: files written whole, locks, processes, progress."""

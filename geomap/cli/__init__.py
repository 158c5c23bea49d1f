"""The command line: one module for each command, `output` for what the terminal sees, `main` for the whole."""

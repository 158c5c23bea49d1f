"""What a map shows, handed on to other programs."""

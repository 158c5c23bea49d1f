"""Text work that several stages share: cells of spreadsheets, sentences, excerpts."""

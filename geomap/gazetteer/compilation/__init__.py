"""Compiles the embedded gazetteer from pinned registry packages and the curated tables."""

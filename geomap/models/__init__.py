"""Learned models: how they are stored, and how boosted trees are evaluated."""

"""Training and evaluation: gold corpora in, models and figures out. It imports the stages; no stage imports it."""

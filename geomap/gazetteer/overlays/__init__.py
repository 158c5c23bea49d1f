"""What the user adds to the embedded gazetteer: GeoNames' own files, and places of their own."""

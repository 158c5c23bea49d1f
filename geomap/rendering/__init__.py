"""Parsed reports -> a folium map -> one HTML file; ``viewer/`` holds the browser side.

`geomap.rendering.layer` has the folium layer, `geomap.rendering.page` the whole page; importing them loads folium.
"""

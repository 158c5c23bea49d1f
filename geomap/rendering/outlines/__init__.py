"""The outlines of countries, regions and districts: those that a map names enter its page."""

from geomap.rendering.outlines.adding import add_outlines, encode_region_lines

__all__ = ["add_outlines", "encode_region_lines"]

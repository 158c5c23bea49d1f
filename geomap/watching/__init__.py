"""A map that follows its reports: built again when they change, and shown in a browser that reloads itself."""
